// What a mediator does with the invitations of their case: make and send links and codes, see where they went, revoke.

import type { CodeWay } from '#shared/identity/code-ways.ts'
import type { Contacts } from '#shared/identity/invitation-protocol.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, CaseId, InvitationId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { NoteAccess } from '../access/note-access.ts'
import type { OneTimeCodes } from '../codes/one-time-codes.ts'
import { digestOf, newId, newSecret } from '../random.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { invitationDelivery, type Senders } from './invitation-delivery.ts'
import { type InvitationEnding, makeInvitationEnding } from './invitation-ending.ts'
import type { InvitationRecord, InvitationStore, StoredInvitation } from './invitation-store.ts'
import { joinCodeOf } from './join-code.ts'
import { type LinkSending, makeLinkSending, withDelivery } from './link-sending.ts'
import { codeMayGo, possibleWays } from './ways.ts'

/** A code for joining may wait for the telephone call in which it is read out. */
const JOIN_CODE_LIFE_MS = 3 * 86_400_000

interface InvitationDeps extends Senders {
  readonly store: InvitationStore
  readonly codes: OneTimeCodes
  readonly sessions: Sessions
  readonly clock: Clock
  readonly entropy: Entropy
  readonly publicUrl: () => string
  readonly noteAccess: NoteAccess
  /** Closes those of the person's connections whose session has ended. */
  readonly revoke: (caseId: CaseId, participantId: ParticipantId) => void
}

interface NewInvitation {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  readonly mediatorId: AccountId
  readonly mediatorName: string
  readonly language: Locale
  readonly contacts: Contacts
}

export interface Invitations extends LinkSending, InvitationEnding {
  /** Safe to repeat: the invitation of a participant is made once. */
  create(invitation: NewInvitation): Promise<InvitationId>
  /** `by`: the mediator; what they do is told to the person's devices before it is done. */
  makeLink(id: InvitationId, by: ParticipantId): Promise<{ link: string; secret: string }>
  /** The code in clear only when it is to be read out. */
  makeCode(id: InvitationId, way: CodeWay): Promise<{ code: string | null; way: CodeWay; expiresAt: number }>
  change(id: InvitationId, to: Contacts & { language: Locale }, by: ParticipantId): Promise<void>
  linkOf(secret: string): string
}

export function createInvitations(deps: InvitationDeps): Invitations {
  const { store, codes, clock, entropy } = deps
  const delivery = invitationDelivery(deps)
  const linkOf = (secret: string) => `${deps.publicUrl()}/join#${secret}`

  async function load(id: InvitationId): Promise<StoredInvitation> {
    const stored = await store.get(id)
    if (!stored) throw new AppError({ kind: 'not-found' })
    return stored
  }

  async function change(id: InvitationId, edit: (invitation: InvitationRecord) => InvitationRecord): Promise<InvitationRecord> {
    for (;;) {
      const stored = await load(id)
      const value = edit(stored.value)
      if (await store.replace(stored, value)) return value
    }
  }

  /** How a code that still can be typed went, if there is one. */
  async function waitingWay(id: InvitationId): Promise<CodeWay | undefined> {
    const code = await codes.stateOf(joinCodeOf(id))
    return code?.state === 'waiting' && code.expiresAt > clock.now() ? code.way : undefined
  }

  return {
    linkOf,
    ...makeInvitationEnding({ ...deps, load, change }),
    ...makeLinkSending({ load, change, waitingWay, sending: delivery.link, linkOf, now: clock.now }),
    async create(invitation) {
      const id = newId<InvitationId>(entropy, 'invitation')
      if ((await store.insert(id, beginning(invitation, clock.now()))) === 'stored') return id
      const made = await store.byParticipant(invitation.caseId, invitation.participantId)
      if (!made) throw new AppError({ kind: 'internal' }, { message: 'an invitation could be neither made nor found' })
      return made.id as InvitationId // ids of this collection are invitation ids
    },
    async makeLink(id, by) {
      const { value } = await load(id)
      await deps.noteAccess(value, { what: 'link-made', by })
      const secret = newSecret(entropy, 'invitation link')
      await change(id, (invitation) => ({
        ...invitation,
        revoked: false,
        link: { digest: digestOf(secret), madeAt: clock.now() },
        reserved: [],
      }))
      return { link: linkOf(secret), secret }
    },
    async makeCode(id, way) {
      const { value } = await load(id)
      if (value.revoked) throw new AppError({ kind: 'conflict', reason: 'identity/revoked' })
      demandApart(way, value)
      const { send, record } = delivery.code(value, way)
      const made = await codes.makeCode(joinCodeOf(id), { way, lifeMs: JOIN_CODE_LIFE_MS })
      try {
        demandApart(way, (await load(id)).value) // a link may have set out meanwhile
        await send(made.code)
      } catch (error) {
        await codes.forget(joinCodeOf(id)) // nobody waits for a code that may have reached nobody
        throw error
      }
      await change(id, (invitation) => withDelivery(invitation, { at: clock.now(), what: 'code', way, ...record }))
      return { code: way === 'read-out' ? made.code : null, way, expiresAt: made.expiresAt }
    },
    async change(id, { phone, email, language }, by) {
      const { value } = await load(id)
      const contacts = changedContacts(value.contacts, { phone, email })
      if (contacts.length > 0) await deps.noteAccess(value, { what: 'contacts-changed', by, contacts })
      await change(id, (invitation) => ({ ...invitation, contacts: { phone, email }, language }))
    },
  }
}

function demandApart(way: CodeWay, invitation: InvitationRecord): void {
  if (!codeMayGo(way, possibleWays(invitation))) throw new AppError({ kind: 'conflict', reason: 'identity/same-way', details: { way } })
}

function beginning(invitation: NewInvitation, madeAt: number): InvitationRecord {
  return { ...invitation, madeAt, link: null, revoked: false, deliveries: [] }
}

function changedContacts(was: Contacts, is: Contacts): ('phone' | 'email')[] {
  return (['phone', 'email'] as const).filter((each) => was[each] !== is[each])
}
