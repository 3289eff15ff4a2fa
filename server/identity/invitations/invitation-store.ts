// Invitations: one for each invited participant of a case. Links rest as digests; telephone and e-mail are for the mediator alone.
import type { RecordStore, StoredRecord } from '#server/storage/ports.ts'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import type { Contacts, LinkWay } from '#shared/identity/invitation-protocol.ts'
import type { AccountId, CaseId, InvitationId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'

export interface Delivery {
  readonly at: number
  readonly what: 'link' | 'code'
  readonly way: LinkWay | CodeWay
  /** It went no further than this machine: no mail server or gateway was set up. */
  readonly local?: true
}

export interface InvitationRecord {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  readonly mediatorId: AccountId
  readonly mediatorName: string
  readonly language: Locale
  readonly contacts: Contacts
  readonly madeAt: number
  /** Null: no link was made yet, or it was revoked. */
  readonly link: { readonly digest: string; readonly madeAt: number } | null
  readonly revoked: boolean
  /** Ways that the present link was about to go, in the order in which it was said. */
  readonly reserved?: readonly LinkWay[]
  readonly deliveries: readonly Delivery[]
}

export type StoredInvitation = StoredRecord<InvitationRecord>

const COLLECTION = 'invitations'

export interface InvitationStore {
  insert(id: InvitationId, invitation: InvitationRecord): Promise<'stored' | 'taken'>
  get(id: InvitationId): Promise<StoredInvitation | undefined>
  byLink(digest: string): Promise<StoredInvitation | undefined>
  byParticipant(caseId: CaseId, participantId: ParticipantId): Promise<StoredInvitation | undefined>
  ofCase(caseId: CaseId): Promise<readonly StoredInvitation[]>
  replace(stored: StoredInvitation, invitation: InvitationRecord): Promise<boolean>
}

export function createInvitationStore(records: RecordStore): InvitationStore {
  return {
    insert: (id, invitation) => records.insert(COLLECTION, id, invitation, keysOf(invitation)),
    get: (id) => records.get<InvitationRecord>(COLLECTION, id),
    byLink: (digest) => records.findUnique<InvitationRecord>(COLLECTION, 'link', digest),
    byParticipant: (caseId, participantId) => records.findUnique<InvitationRecord>(COLLECTION, 'person', `${caseId}:${participantId}`),
    ofCase: (caseId) => records.find<InvitationRecord>(COLLECTION, 'case', caseId),
    async replace(stored, invitation) {
      return (await records.replace(COLLECTION, stored.id, stored.version, invitation, keysOf(invitation))) === 'stored'
    },
  }
}

function keysOf({ caseId, participantId, link }: InvitationRecord) {
  const person = { person: `${caseId}:${participantId}` }
  return { unique: link ? { ...person, link: link.digest } : person, index: { case: caseId } }
}
