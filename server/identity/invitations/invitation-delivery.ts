// How a link and a code leave the house: what is missing is said before anything is written down or sent.
import type { CodeWay } from '#shared/identity/code-ways.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { delivered } from '../delivery/delivered.ts'
import type { MailSender, SmsGateway } from '../delivery/senders.ts'
import { words } from '../delivery/words.ts'
import type { Delivery, InvitationRecord } from './invitation-store.ts'

export interface Senders {
  readonly mail: MailSender | undefined
  readonly sms: SmsGateway | undefined
}

type Addressee = Pick<InvitationRecord, 'language' | 'mediatorName' | 'contacts'>

/** What an open way does, and what is recorded of it. */
export interface Sending<Words extends readonly string[] = []> {
  send(...words: Words): Promise<void>
  readonly record: Pick<Delivery, 'local'>
}

interface InvitationDelivery {
  /** By mail. Throws when that way is not open here. */
  link(to: Addressee, link: string): Sending
  /** As above; a code that the mediator reads out is sent to nobody. */
  code(to: Addressee, way: CodeWay): Sending<[code: string]>
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
      return { send: () => delivered(mail.sendMail({ to: contacts.email, subject, text })), record: recordOf(mail) }
    },
    code({ contacts, language, mediatorName: mediator }, way) {
      if (way === 'read-out') return { send: async () => undefined, record: {} }
      const to = way === 'sms' ? contacts.phone : contacts.email
      if (way === 'sms') {
        if (!sms) throw noGateway(way)
        demandAddress(to, way)
        return {
          send: (code) => delivered(sms.sendSms({ to, text: words(language, 'identity.sms.code', { code }) })),
          record: recordOf(sms),
        }
      }
      if (!mail) throw noGateway(way)
      demandAddress(to, way)
      const subject = words(language, 'identity.mail.code.subject')
      return {
        send: (code) => delivered(mail.sendMail({ to, subject, text: words(language, 'identity.mail.code.text', { code, mediator }) })),
        record: recordOf(mail),
      }
    },
  }
}

function recordOf({ local }: MailSender | SmsGateway): Pick<Delivery, 'local'> {
  return local ? { local } : {}
}
