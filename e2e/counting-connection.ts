// A connection in front of the platform that counts the code which travels over it, compressed as it is: whoever asks for it, page or worker.
import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

export interface CountingConnection {
  readonly url: string
  /** Bytes of JavaScript so far, by the paths they came from. */
  readonly code: ReadonlyMap<string, number>
  /** Where it leads; until then nobody answers. */
  leadTo(platform: string): void
  close(): void
}

export async function countingConnection(): Promise<CountingConnection> {
  const code = new Map<string, number>()
  let port = 0
  const server = createServer((incoming, outgoing) => {
    const { method, url: path = '/', headers } = incoming
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      if (answer.headers['content-type']?.includes('javascript'))
        answer.on('data', (bytes: Buffer) => code.set(path, (code.get(path) ?? 0) + bytes.length))
      answer.pipe(outgoing)
    })
    asked.on('error', () => outgoing.destroy())
    incoming.pipe(asked)
  })
  server.on('upgrade', (incoming: IncomingMessage, near: Duplex, head: Buffer) => {
    const far = connect(port, '127.0.0.1')
    const pairs = incoming.rawHeaders.map((word, at) => (at % 2 === 0 ? `${word}: ` : `${word}\r\n`)).join('')
    far.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${pairs}\r\n`)
    far.write(head)
    far.pipe(near).pipe(far)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // listening on TCP
    code,
    leadTo(platform) {
      port = Number(new URL(platform).port)
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
