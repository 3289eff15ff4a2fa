// A scanner on a socket that speaks as clamd does: what holds EICAR's words is harmful.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

// Written in two halves, so that no scanner takes this file for one.
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD', '-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

type Answer = (said: Buffer, socket: Socket) => void

export interface Listening {
  readonly port: number
  close(): void
}

export function listening(answer: Answer, port = 0): Promise<Listening> {
  const server: Server = createServer((socket) => {
    let said = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      said = Buffer.concat([said, data])
      answer(said, socket)
    })
  })
  return new Promise(
    (resolve) =>
      server.listen(port, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port, close: () => void server.close() })), // on TCP
  )
}

/** What was streamed, once its end has come. */
export function streamed(said: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 'zINSTREAM\0'.length; at + 4 <= said.length; ) {
    const length = said.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(said.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

export const clamd: Answer = (said, socket) => {
  const bytes = streamed(said)
  if (bytes) socket.end(bytes.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0')
}
