// A mail server of a test's own, and what came in.
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

interface ReceivedMail {
  readonly to: readonly string[]
  readonly mail: Email
  readonly raw: string
}

export interface MailServer {
  readonly url: string
  readonly mails: readonly ReceivedMail[]
  close(): Promise<void>
}

/** `refusal`: what it says to every recipient instead of taking the mail. `port`: of one that was closed. */
export async function openMailServer({
  refusal,
  port: kept = 0,
}: {
  readonly refusal?: string
  readonly port?: number
} = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refusal === undefined ? null : new Error(refusal)),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        PostalMime.parse(raw).then((mail) => {
          mails.push({ mail, raw: raw.toString('utf8'), to: session.envelope.rcptTo.map(({ address }) => address) })
          done()
        }, done)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(kept, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo // listening on TCP
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}
