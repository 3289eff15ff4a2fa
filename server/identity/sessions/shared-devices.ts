// A device that several people use: what binds its person there is done only after their own code, typed just now. Whether it is such a
// device is the session's to say, never the page's: its person has chosen a code, or it came to a browser that was given away before.
import type { StoredRecord } from '#server/storage/ports.ts'
import { CODE_TRIES } from '#shared/identity/join-fields.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { makeOwnCodes, type OwnCodeRefusal } from './own-code.ts'
import type { Session, SessionStore } from './session-store.ts'

/** How long a code that was typed speaks for what its person does. */
export const SHOWN_MS = 5 * 60_000

export interface SharedDevices {
  /** The person's first own code on this device; undefined where one stands already, which nobody changes. */
  chooseCode(secret: string | undefined, code: string): Promise<StoredRecord<Session> | undefined>
  /** Their own code once more. A wrong one counts as a try, and ends what an earlier right one spoke for. */
  showCode(secret: string | undefined, code: string): Promise<StoredRecord<Session> | OwnCodeRefusal>
  /** Throws where what binds needs the own code of this session's person first. */
  demandOwnCode(id: string): Promise<void>
}

interface Deps {
  readonly store: Pick<SessionStore, 'get' | 'replace'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly tokenKey: Uint8Array
  /** The live session of a secret that is good now. */
  readonly liveBy: (secret: string | undefined) => Promise<StoredRecord<Session>>
  readonly demandLive: (session: Session | undefined) => void
}

export function sharedDevices({ store, clock, entropy, tokenKey, liveBy, demandLive }: Deps): SharedDevices {
  const codes = makeOwnCodes({ entropy, tokenKey })
  return {
    async chooseCode(secret, code) {
      for (;;) {
        const stored = await liveBy(secret)
        if (stored.value.own) return undefined
        const session = { ...stored.value, own: codes.make(stored.id, code), shownAt: clock.now() }
        if (await store.replace(stored, session)) return stored
      }
    },
    async showCode(secret, code) {
      for (;;) {
        const stored = await liveBy(secret)
        if (!stored.value.own) throw new AppError({ kind: 'conflict', reason: 'identity/own-code-needed' })
        const { answer, next: own } = codes.judge(stored.id, stored.value.own, code)
        const session = { ...stored.value, own, shownAt: answer.is === 'right' ? clock.now() : undefined }
        // Somebody tried at the same moment: their try counts first, ours is judged again.
        if (await store.replace(stored, session)) return answer.is === 'right' ? stored : answer
      }
    },
    async demandOwnCode(id) {
      const session = (await store.get(id))?.value
      demandLive(session)
      const { own, isShared, shownAt } = session ?? {}
      if (!own && !isShared) return
      if (!own) throw new AppError({ kind: 'conflict', reason: 'identity/own-code-needed' })
      if (own.tries >= CODE_TRIES) throw new AppError({ kind: 'forbidden', reason: 'identity/own-code-locked' })
      // Typed at a server whose clock was ahead: that is no older.
      if (shownAt === undefined || Math.abs(clock.now() - shownAt) > SHOWN_MS)
        throw new AppError({ kind: 'conflict', reason: 'identity/own-code-asked' })
    },
  }
}
