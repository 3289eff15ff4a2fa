// The refresh cookie lives on only while it is used: a talk of two hours must not end the session under the person's hands.
import type { Clock, Timers } from '#shared/kernel/clock.ts'

export interface FreshToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** 'ended': nobody can be let in without a new code or password. Rejects when the server cannot be reached. */
export type AskForToken = (options: { renew: boolean }) => Promise<FreshToken | 'ended'>

interface TokenRenewal {
  /** A token that is in use from now on, instead of the one before. */
  keep(expiresAt: number): void
  stop(): void
}

interface Deps {
  readonly freshToken: AskForToken
  readonly clock: Clock
  readonly timers: Timers
  readonly renewed: (token: string) => void
}

const RENEW_BEFORE = 60_000
const AGAIN_AFTER = 30_000

export function makeTokenRenewal({ freshToken, clock, timers, renewed }: Deps): TokenRenewal {
  let stop: (() => void) | undefined

  function keep(expiresAt: number) {
    stop?.()
    let stopped = false
    const cancel = timers.after(Math.max(AGAIN_AFTER, expiresAt - clock.now() - RENEW_BEFORE), () =>
      freshToken({ renew: false }).then(
        (fresh) => {
          if (stopped || fresh === 'ended') return
          keep(fresh.expiresAt)
          renewed(fresh.token)
        },
        () => {
          if (!stopped) keep(clock.now() + RENEW_BEFORE + AGAIN_AFTER) // not reached just now
        },
      ),
    )
    stop = () => {
      stopped = true
      cancel()
    }
  }

  return { keep, stop: () => stop?.() }
}
