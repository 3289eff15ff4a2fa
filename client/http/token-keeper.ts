// Keeps one short-lived token in memory and fetches the next in time. Many may ask at once; one request goes out.
import { AppError } from '#shared/kernel/errors.ts'

export interface HeldToken {
  readonly token: string
  /** Milliseconds since 1970, by the server's clock. */
  readonly expiresAt: number
}

export interface TokenKeeper {
  /** 'ended': there is no session any more. Rejects with Unreachable when the server cannot be asked. `renew`: the token at hand was refused. */
  fresh(options?: { renew?: boolean }): Promise<HeldToken | 'ended'>
  hold(token: HeldToken): void
  forget(): void
}

const RENEW_BEFORE = 45_000

export function createTokenKeeper(deps: { now: () => number; refresh: () => Promise<HeldToken> }): TokenKeeper {
  let held: HeldToken | undefined
  let underWay: Promise<HeldToken | 'ended'> | undefined
  // what was held or forgotten meanwhile must not be overwritten by an answer to an earlier question
  let generation = 0
  const renewed = async (): Promise<HeldToken | 'ended'> => {
    const asked = generation
    try {
      const next = await deps.refresh()
      if (asked === generation) held = next
      return next
    } catch (error) {
      if (!(error instanceof AppError) || !endsSession(error)) throw error
      if (asked === generation) held = undefined
      return 'ended'
    }
  }
  return {
    async fresh(options = {}) {
      if (held && !options.renew && held.expiresAt - deps.now() > RENEW_BEFORE) return held
      underWay ??= renewed().finally(() => {
        underWay = undefined
      })
      return underWay
    },
    hold(token) {
      generation += 1
      held = token
    },
    forget() {
      generation += 1
      held = undefined
    },
  }
}

function endsSession({ problem }: AppError): boolean {
  return problem.kind === 'unauthenticated' || problem.kind === 'not-found' || problem.kind === 'forbidden'
}
