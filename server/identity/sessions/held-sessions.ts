// A session whose device was given to somebody else, and how its person comes back to it.
import type { StoredRecord } from '#server/storage/ports.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import type { AppError } from '#shared/kernel/errors.ts'
import { makeOwnCodes, type OwnCodeRefusal } from './own-code.ts'
import type { Session, SessionStore } from './session-store.ts'
import type { OpenSession } from './sessions.ts'

export interface HeldSessions {
  /** Gives the device away: held from here on. `needed`: no code of the person stands, and none was given. */
  hold(secret: string | undefined, code: string | undefined): Promise<StoredRecord<Session> | 'needed'>
  /** Live again by the right code; anything else leaves it held. Judges the secret as `refresh` does. */
  takeBack(secret: string | undefined, code: string): Promise<OpenSession | OwnCodeRefusal>
}

interface Deps {
  readonly store: Pick<SessionStore, 'replace'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly tokenKey: Uint8Array
  /** The session of a secret that is good now, as it rests and as it stands once renewed. */
  readonly shownBy: (secret: string | undefined) => Promise<{ stored: StoredRecord<Session>; next: Session }>
  readonly opened: (id: string, session: Session) => OpenSession
  readonly ended: () => AppError
}

export function heldSessions({ store, clock, entropy, tokenKey, shownBy, opened, ended }: Deps): HeldSessions {
  const codes = makeOwnCodes({ entropy, tokenKey })
  return {
    async hold(secret, code) {
      for (;;) {
        const { stored } = await shownBy(secret)
        // Whoever has the device now sets no other code for the one who gave it away.
        if (stored.value.state === 'held') return stored
        // Nor while it lies open: a code that stands is its person's for as long as this session.
        const own = stored.value.own ?? (code === undefined ? undefined : codes.make(stored.id, code))
        if (!own) return 'needed'
        if (await store.replace(stored, { ...stored.value, state: 'held', own, shownAt: undefined })) return stored
      }
    },
    async takeBack(secret, code) {
      for (;;) {
        const { stored, next } = await shownBy(secret)
        const { id, value } = stored
        // Never given away: there is nothing to take back, and no code that could be right.
        if (!value.own) throw ended()
        const { answer, next: own } = codes.judge(id, value.own, code)
        const session: Session = answer.is === 'right' ? { ...next, state: 'live', own, shownAt: clock.now() } : { ...value, own }
        // Somebody tried at the same moment: their try counts first, ours is judged again.
        if (await store.replace(stored, session)) return answer.is === 'right' ? opened(id, session) : answer
      }
    },
  }
}
