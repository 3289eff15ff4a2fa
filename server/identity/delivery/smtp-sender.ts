// Mail by SMTP: plain text, one recipient, nothing that tells one message of the platform from another.
import { createTransport } from 'nodemailer'
import type { MailSender } from './senders.ts'

interface SmtpSender extends MailSender {
  close(): void
}

export function createSmtpSender({ smtpUrl, from }: { smtpUrl: string; from: string }): SmtpSender {
  const transport = createTransport(
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
  return {
    async sendMail({ to, subject, text }) {
      // An object, not a text: a comma in it cannot become a second recipient.
      await transport.sendMail({ to: { name: '', address: to }, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } })
    },
    close: () => transport.close(),
  }
}
