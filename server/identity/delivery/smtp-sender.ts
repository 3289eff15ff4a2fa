// Mail by SMTP: plain text, an entry for a calendar at most, one recipient, nothing that tells one message of the platform from another. The library is loaded with
// the first mail.
import type { Transporter } from 'nodemailer'
import type { MailSender } from './senders.ts'

interface SmtpSender extends MailSender {
  close(): void
}

interface Settings {
  readonly smtpUrl: string
  readonly from: string
}

export function createSmtpSender(settings: Settings): SmtpSender {
  let transport: Promise<Transporter> | undefined
  return {
    async sendMail({ to, subject, text, calendar }) {
      transport ??= openTransport(settings)
      // An object, not a text: a comma in it cannot become a second recipient.
      await (await transport).sendMail({
        to: { name: '', address: to },
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(calendar ? { icalEvent: { ...calendar, filename: 'meeting.ics' } } : {}),
      })
    },
    close() {
      transport?.then(
        (open) => open.close(),
        () => undefined, // never opened
      )
    },
  }
}

async function openTransport({ smtpUrl, from }: Settings): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport(
    {
      url: smtpUrl,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      // Text only comes from us; nothing of a message may name a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from, xMailer: false },
  )
}
