// A session is one device of one person: a family of refresh secrets of which only the newest is good. Its record holds a count, no secret and no hash of one.
import type { DueKind } from '#server/due/due.ts'
import { type ExpiryDeps, makeExpiry } from '#server/due/expiry.ts'
import type { RecordStore, StoredRecord } from '#server/storage/ports.ts'
import type { AccountId, CaseId, InvitationId, ParticipantId } from '#shared/kernel/ids.ts'
import type { OwnCode } from './own-code.ts'

export type SessionOwner =
  | { readonly kind: 'staff'; readonly accountId: AccountId }
  | { readonly kind: 'person'; readonly caseId: CaseId; readonly participantId: ParticipantId; readonly invitationId: InvitationId }

export interface Session {
  readonly owner: SessionOwner
  /** `held`: the device was given to somebody else; nothing is done or read by it until its person's own code is typed. */
  readonly state: 'live' | 'held' | 'ended'
  /** Once the device has been given away, or a code was asked for. */
  readonly own?: OwnCode
  /** Opened or renewed in a browser that somebody had given away. */
  readonly isShared?: true
  /** When the own code was last typed here and right; gone when the device is given away. */
  readonly shownAt?: number | undefined
  /** How often the secret was renewed: the newest secret is the one of this number. */
  readonly generation: number
  readonly renewedAt: number
  /** When the secret before the newest came once more, long after (an answer that was lost on the way). */
  readonly lateAt: readonly number[]
  readonly madeAt: number
  readonly expiresAt: number
  readonly keep: boolean
  readonly device: string
}

const COLLECTION = 'sessions'

export interface SessionStore {
  insert(id: string, session: Session): Promise<void>
  get(id: string): Promise<StoredRecord<Session> | undefined>
  replace(stored: StoredRecord<Session>, session: Session): Promise<boolean>
  ofAccount(accountId: AccountId): Promise<readonly StoredRecord<Session>[]>
  ofInvitation(invitationId: InvitationId): Promise<readonly StoredRecord<Session>[]>
  /** Forgets staff's sessions that ended by themselves. */
  readonly dueKind: DueKind
}

export function createSessionStore({ records, ...deps }: ExpiryDeps & { readonly records: RecordStore }): SessionStore {
  const expiry = makeExpiry<Session>(
    { records, ...deps },
    {
      kind: 'identity/session-ended',
      collection: COLLECTION,
      // A mediator goes on seeing each device that was let in.
      endOf: ({ owner, expiresAt }) => (owner.kind === 'staff' ? expiresAt : undefined),
    },
  )
  return {
    dueKind: expiry.dueKind,
    async insert(id, session) {
      await expiry.schedule(id, session)
      await records.insert(COLLECTION, id, session, keysOf(session))
    },
    get: (id) => records.get<Session>(COLLECTION, id),
    async replace(stored, session) {
      return (await records.replace(COLLECTION, stored.id, stored.version, session, keysOf(session))) === 'stored'
    },
    ofAccount: (accountId) => records.find<Session>(COLLECTION, 'account', accountId),
    ofInvitation: (invitationId) => records.find<Session>(COLLECTION, 'invitation', invitationId),
  }
}

function keysOf({ owner }: Session) {
  return { index: owner.kind === 'staff' ? { account: owner.accountId } : { invitation: owner.invitationId } }
}
