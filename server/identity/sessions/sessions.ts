// Sessions and their rotating refresh secrets. Each secret follows from the session's id and a number under a key of the installation,
// so the same successor can be handed out twice (two tabs at once, an answer lost on the way) and nothing stolen from the database signs anybody in.
// An older secret that comes again was copied: the whole family ends.
import type { StoredRecord } from '#server/storage/ports.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, InvitationId } from '#shared/kernel/ids.ts'
import { newId } from '../random.ts'
import { type HeldSessions, heldSessions } from './held-sessions.ts'
import { refreshSecrets } from './refresh-secrets.ts'
import type { Session, SessionOwner, SessionStore } from './session-store.ts'
import { type SharedDevices, sharedDevices } from './shared-devices.ts'

const DAY = 86_400_000
/** Two tabs that renew at once do so within seconds. */
export const GRACE = 30_000
/** How often a day the last secret may come late. A thief and an owner who take turns would need it every ten minutes. */
export const LATE_PER_DAY = 3
const LIFE = { keep: 90 * DAY, leave: DAY / 2 } as const

export interface OpenSession {
  readonly id: string
  readonly session: Session
  /** For the cookie, and nowhere else. */
  readonly secret: string
}

interface About {
  readonly keep: boolean
  readonly device: string
  /** In a browser that somebody has given away. */
  readonly isShared?: boolean
}

export interface Sessions extends HeldSessions, SharedDevices {
  open(owner: SessionOwner, about: About): Promise<OpenSession>
  /** Throws 'unauthenticated' for anything but the newest secret of a live session (or the one before it, in the cases above). */
  refresh(secret: string | undefined, about?: Pick<About, 'isShared'>): Promise<OpenSession>
  isLive(id: string): Promise<boolean>
  /** Live or held: the device is still bound to its person. */
  isBound(id: string): Promise<boolean>
  /** The session a cookie belongs to, if its secret was ever good. Changes nothing. */
  idOf(secret: string | undefined): string | undefined
  end(id: string): Promise<void>
  endOfAccount(accountId: AccountId, except?: string): Promise<void>
  endOfInvitation(invitationId: InvitationId): Promise<void>
  ofInvitation(invitationId: InvitationId): Promise<readonly StoredRecord<Session>[]>
  /** As `isBound`. */
  isOpen(session: Session): boolean
}

export function createSessions({
  store,
  clock,
  entropy,
  tokenKey,
}: {
  store: SessionStore
  clock: Clock
  entropy: Entropy
  tokenKey: Uint8Array
}): Sessions {
  const { secretOf, readSecret } = refreshSecrets(tokenKey)
  const isOpen = (session: Session) => session.state !== 'ended' && session.expiresAt > clock.now()

  /** The session of a secret that is good now, as it rests and as it stands once renewed. A copied secret ends it. */
  async function shownBy(secret: string | undefined): Promise<{ stored: StoredRecord<Session>; next: Session }> {
    const shown = readSecret(secret)
    const stored = shown && (await store.get(shown.id))
    if (!shown || !stored || !isOpen(stored.value)) throw ended()
    const next = renewed(stored.value, shown.generation, clock.now())
    if (next === 'copied') {
      await end(shown.id)
      throw ended()
    }
    return { stored, next }
  }

  async function refresh(secret: string | undefined, { isShared = false }: Pick<About, 'isShared'> = {}): Promise<OpenSession> {
    for (;;) {
      const { stored, next } = await shownBy(secret)
      demandLive(stored.value)
      const session: Session = isShared && !next.isShared ? { ...next, isShared } : next
      if (session === stored.value || (await store.replace(stored, session))) return opened(stored.id, session)
    }
  }

  function demandLive(session: Session | undefined): void {
    if (!session || !isOpen(session)) throw ended()
    if (session.state === 'held') throw held()
  }

  async function liveBy(secret: string | undefined): Promise<StoredRecord<Session>> {
    const { stored } = await shownBy(secret)
    demandLive(stored.value)
    return stored
  }

  function opened(id: string, session: Session): OpenSession {
    return { id, session, secret: secretOf(id, session.generation) }
  }

  async function end(id: string): Promise<void> {
    for (;;) {
      const stored = await store.get(id)
      if (!stored || stored.value.state === 'ended') return
      if (await store.replace(stored, { ...stored.value, state: 'ended' })) return
    }
  }

  async function endAll(sessions: readonly StoredRecord<Session>[]): Promise<void> {
    for (const { id } of sessions) await end(id)
  }

  return {
    async open(owner, { keep, device, isShared = false }) {
      const id = newId(entropy, 'session')
      const now = clock.now()
      const session: Session = {
        owner,
        state: 'live',
        generation: 0,
        renewedAt: now,
        lateAt: [],
        madeAt: now,
        expiresAt: now + lifeOf(keep),
        keep,
        device,
        ...(isShared ? { isShared } : {}),
      }
      await store.insert(id, session)
      return opened(id, session)
    },
    refresh,
    ...heldSessions({ store, clock, entropy, tokenKey, shownBy, opened, ended }),
    ...sharedDevices({ store, clock, entropy, tokenKey, liveBy, demandLive }),
    async isLive(id) {
      const stored = await store.get(id)
      return stored?.value.state === 'live' && isOpen(stored.value)
    },
    async isBound(id) {
      const stored = await store.get(id)
      return stored !== undefined && isOpen(stored.value)
    },
    idOf: (secret) => readSecret(secret)?.id,
    end,
    async endOfAccount(accountId, except) {
      await endAll((await store.ofAccount(accountId)).filter(({ id }) => id !== except))
    },
    async endOfInvitation(invitationId) {
      await endAll(await store.ofInvitation(invitationId))
    },
    ofInvitation: (invitationId) => store.ofInvitation(invitationId),
    isOpen,
  }
}

/** The session after a secret of `generation` was shown; the same one when its successor is merely given again. */
function renewed(session: Session, generation: number, now: number): Session | 'copied' {
  if (generation === session.generation) {
    return { ...session, generation: generation + 1, renewedAt: now, expiresAt: now + lifeOf(session.keep) }
  }
  if (generation !== session.generation - 1) return 'copied'
  // Renewed by a server whose clock was ahead: that is no older.
  if (Math.abs(now - session.renewedAt) <= GRACE) return session
  const lateAt = session.lateAt.filter((at) => at > now - DAY)
  return lateAt.length < LATE_PER_DAY ? { ...session, lateAt: [...lateAt, now] } : 'copied'
}

function lifeOf(keep: boolean): number {
  return keep ? LIFE.keep : LIFE.leave
}

function ended(): AppError {
  return new AppError({ kind: 'unauthenticated', reason: 'identity/session-ended' })
}

function held(): AppError {
  return new AppError({ kind: 'unauthenticated', reason: 'identity/session-held' })
}
