// Where messages land when there is no mail server and no gateway, on a machine of one's own: the last hundred, in memory.
// They carry working links and codes, so there is a sink only while the installation has neither SMTP nor a public address.
import type { SinkMessage } from '#shared/identity/staff-protocol.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { MailSender, SmsGateway } from './senders.ts'

export interface Sink extends MailSender, SmsGateway {
  readonly local: true
  /** The newest first. */
  messages(): readonly SinkMessage[]
}

const KEPT = 100

export function createSink({ clock }: { clock: Clock }): Sink {
  let messages: readonly SinkMessage[] = []
  const add = (message: Omit<SinkMessage, 'at'>) => {
    messages = [{ ...message, at: clock.now() }, ...messages].slice(0, KEPT)
  }
  return {
    local: true,
    sendMail: async ({ to, subject, text }) => add({ way: 'mail', to, subject, text }),
    sendSms: async ({ to, text }) => add({ way: 'sms', to, subject: '', text }),
    messages: () => messages,
  }
}

/** Whether this installation may have a sink. `publicUrl` undefined: its own localhost. */
export function sinkAllowed({ publicUrl, hasMail }: { publicUrl: string | undefined; hasMail: boolean }): boolean {
  if (hasMail) return false
  return publicUrl === undefined || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(publicUrl)
}
