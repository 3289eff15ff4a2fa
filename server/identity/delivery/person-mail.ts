// A letter to somebody of a case, for capabilities to the right: where it goes, and in which language, only the invitation knows.
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { InvitationStore } from '../invitations/invitation-store.ts'
import { delivered } from './delivered.ts'
import type { Letter, MailSender } from './senders.ts'

export interface Addressee {
  readonly language: Locale
  readonly mediatorName: string
}

/** Throws AppError when the mail server did not take it. `no-way`: there is no mail here, no address, or the invitation was revoked. */
export type MailToPerson = (
  caseId: CaseId,
  participantId: ParticipantId,
  letterTo: (addressee: Addressee) => Letter | Promise<Letter>,
) => Promise<'sent' | 'no-way'>

interface Deps {
  readonly store: Pick<InvitationStore, 'byParticipant'>
  readonly mail: MailSender | undefined
}

export function makePersonMail({ store, mail }: Deps): MailToPerson {
  return async (caseId, participantId, letterTo) => {
    const invitation = (await store.byParticipant(caseId, participantId))?.value
    if (!mail || !invitation || invitation.revoked || invitation.contacts.email === '') return 'no-way'
    const { language, mediatorName, contacts } = invitation
    await delivered(mail.sendMail({ to: contacts.email, ...(await letterTo({ language, mediatorName })) }))
    return 'sent'
  }
}
