// Codes to a person's own address, past the mediator. The local sink is no such way: whoever runs the installation reads it.
import type { ContactWay } from '#shared/identity/access-protocol.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { delivered } from './delivered.ts'
import type { MailSender, SmsGateway } from './senders.ts'
import { words } from './words.ts'

export interface CodeDelivery {
  readonly ways: readonly ContactWay[]
  /** Throws AppError when it could not be handed over. */
  send(message: {
    readonly way: ContactWay
    readonly address: string
    readonly for: 'sign' | 'contact'
    readonly code: string
    readonly language: Locale
  }): Promise<void>
}

export function makeCodeDelivery({ mail, sms }: { mail: MailSender | undefined; sms: SmsGateway | undefined }): CodeDelivery {
  return {
    ways: [...(mail ? (['mail'] as const) : []), ...(sms ? (['sms'] as const) : [])],
    async send({ way, address: to, for: purpose, code, language }) {
      if (way === 'sms' && sms) return delivered(sms.sendSms({ to, text: words(language, `identity.sms.${purpose}`, { code }) }))
      if (way === 'mail' && mail) {
        const subject = words(language, `identity.mail.${purpose}.subject`)
        return delivered(mail.sendMail({ to, subject, text: words(language, `identity.mail.${purpose}.text`, { code }) }))
      }
      throw new Error(`no gateway for ${way}`)
    },
  }
}
