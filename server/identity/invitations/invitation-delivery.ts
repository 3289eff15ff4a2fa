// How a link and a code leave the house: what is missing is said before anything is written down or sent.
import type { CodeWay } from '#shared/identity/invitation-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { delivered } from '../delivery/delivered.ts'
import type { MailSender, SmsGateway } from '../delivery/senders.ts'
import { words } from '../delivery/words.ts'
import type { InvitationRecord } from './invitation-store.ts'

export interface Senders {
  readonly mail: MailSender | undefined
  readonly sms: SmsGateway | undefined
}

type Addressee = Pick<InvitationRecord, 'language' | 'mediatorName' | 'contacts'>

interface InvitationDelivery {
  /** By mail. Throws when that way is not open here; what it answers sends. */
  link(to: Addressee, link: string): () => Promise<void>
  /** As above; a code that the mediator reads out is sent to nobody. */
  code(to: Addressee, way: CodeWay): (code: string) => Promise<void>
}

export function invitationDelivery({ mail, sms }: Senders): InvitationDelivery {
  const noGateway = (way: CodeWay) => new AppError({ kind: 'conflict', reason: 'identity/no-gateway', details: { way } })
  const demandAddress = (address: string, way: CodeWay) => {
    if (address === '') throw new AppError({ kind: 'conflict', reason: 'identity/no-address', details: { way } })
  }

  return {
    link({ contacts, language, mediatorName: mediator }, link) {
      if (!mail) throw noGateway('mail')
      demandAddress(contacts.email, 'mail')
      const subject = words(language, 'identity.mail.link.subject')
      const text = words(language, 'identity.mail.link.text', { mediator, link })
      return () => delivered(mail.sendMail({ to: contacts.email, subject, text }))
    },
    code({ contacts, language, mediatorName: mediator }, way) {
      if (way === 'read-out') return async () => undefined
      const to = way === 'sms' ? contacts.phone : contacts.email
      if (way === 'sms') {
        if (!sms) throw noGateway(way)
        demandAddress(to, way)
        return (code) => delivered(sms.sendSms({ to, text: words(language, 'identity.sms.code', { code }) }))
      }
      if (!mail) throw noGateway(way)
      demandAddress(to, way)
      const subject = words(language, 'identity.mail.code.subject')
      return (code) => delivered(mail.sendMail({ to, subject, text: words(language, 'identity.mail.code.text', { code, mediator }) }))
    },
  }
}
