// Sessions and their rotating refresh secrets. Each secret follows from the session's id and a number under a key of the installation,
// so the same successor can be handed out twice (two tabs at once, an answer lost on the way) and nothing stolen from the database signs anybody in.
// An older secret that comes again was copied: the whole family ends.
import { timingSafeEqual } from 'node:crypto'
import { macWith } from '#server/kernel/digest.ts'
import type { StoredRecord } from '#server/storage/ports.ts'
import { base64url, utf8 } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, InvitationId } from '#shared/kernel/ids.ts'
import { keyFor, newId } from '../random.ts'
import { type HeldSessions, heldSessions } from './held-sessions.ts'
import type { Session, SessionOwner, SessionStore } from './session-store.ts'

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

export interface Sessions extends HeldSessions {
  open(owner: SessionOwner, about: { keep: boolean; device: string }): Promise<OpenSession>
  /** Throws 'unauthenticated' for anything but the newest secret of a live session (or the one before it, in the cases above). */
  refresh(secret: string | undefined): Promise<OpenSession>
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
  const macOf = macWith(keyFor(tokenKey, 'refresh'))
  const isOpen = (session: Session) => session.state !== 'ended' && session.expiresAt > clock.now()

  function secretOf(id: string, generation: number): string {
    return `${id}.${generation}.${base64url(macOf(`${id}.${generation}`))}`
  }

  function readSecret(secret: string | undefined): { id: string; generation: number } | undefined {
    const match = /^([A-Za-z0-9_-]{22})\.(\d{1,9})\.[A-Za-z0-9_-]{43}$/.exec(secret ?? '')
    if (!match?.[1] || !match[2] || !secret) return undefined
    const generation = Number(match[2])
    const right = utf8(secretOf(match[1], generation))
    const given = utf8(secret)
    return right.length === given.length && timingSafeEqual(right, given) ? { id: match[1], generation } : undefined
  }

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

  async function refresh(secret: string | undefined): Promise<OpenSession> {
    for (;;) {
      const { stored, next } = await shownBy(secret)
      if (stored.value.state === 'held') throw held()
      if (next === stored.value || (await store.replace(stored, next))) return opened(stored.id, next)
    }
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
    async open(owner, { keep, device }) {
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
      }
      await store.insert(id, session)
      return opened(id, session)
    },
    refresh,
    ...heldSessions({ store, entropy, tokenKey, shownBy, opened, ended }),
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
