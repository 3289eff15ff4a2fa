// One attempt at a connection, from asking for a token to the loss of what was opened: it ends once, and says why if it was told. Who gave
// it up hears no more of it.
import type { CaseId } from '#shared/kernel/ids.ts'
import { PROTOCOL_VERSION, WIRE } from '#shared/protocol/wire.ts'
import { closingOf, type Refusal, refusalOf } from './closing.ts'
import type { AskForToken } from './token-renewal.ts'
import type { OpenTransport, Transport } from './transport.ts'

interface Attempt {
  transport(): Transport | undefined
  giveUp(): void
}

export interface AttemptDeps {
  readonly caseId: CaseId
  readonly openTransport: OpenTransport
  readonly freshToken: AskForToken
}

interface AttemptHandlers {
  /** There is a token that lasts so long. */
  admitted(expiresAt: number): void
  opened(): void
  message(name: string, args: readonly unknown[]): void
  /** Undefined: nobody said why. */
  ended(refusal: Refusal | undefined): void
}

export function beginAttempt({ caseId, openTransport, freshToken }: AttemptDeps, renew: boolean, handlers: AttemptHandlers): Attempt {
  let transport: Transport | undefined
  let told: Refusal | undefined
  let isOver = false

  function end(refusal: Refusal | undefined) {
    if (isOver) return
    isOver = true
    transport = undefined
    handlers.ended(refusal)
  }

  async function begin() {
    const fresh = await freshToken({ renew }).catch(() => undefined) // not reached for a token either: the same as no connection
    if (isOver) return
    if (!fresh) return end(undefined)
    if (fresh === 'ended') return end({ kind: 'for-good', reason: 'session-expired' })
    handlers.admitted(fresh.expiresAt)
    transport = openTransport(
      { token: fresh.token, caseId, protocol: PROTOCOL_VERSION },
      {
        opened() {
          if (!isOver) handlers.opened()
        },
        refused: (data) => end(refusalOf(data)),
        lost: () => end(told),
        message(name, args) {
          if (isOver) return
          if (name === WIRE.closed) told = closingOf(args[0])
          handlers.message(name, args)
        },
      },
    )
  }

  void begin()
  return {
    transport: () => transport,
    giveUp() {
      isOver = true
      transport?.close()
      transport = undefined
    },
  }
}
