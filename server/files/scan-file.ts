// Asks a scanner (clamd) about a file, by its own protocol: INSTREAM, over TCP. Where one is configured and does not answer, nobody can say
// that the file does no harm.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { OpenFile } from '#server/storage/encrypted-files.ts'
import type { Timers } from '#shared/kernel/clock.ts'

export type ScanAnswer = 'harmless' | 'harmful' | 'unknown'
export type ScanFile = (file: Pick<OpenFile, 'pieces'>) => Promise<ScanAnswer>

interface Deps {
  readonly host: string
  readonly port: number
  readonly timers: Timers
  /** Told why there was no answer. */
  readonly onTrouble: (cause: unknown) => void
}

/** Of all of it. */
const SCAN_MS = 45_000
const MAX_ANSWER = 4_096

export function makeScanFile({ host, port, timers, onTrouble }: Deps): ScanFile {
  return async ({ pieces }) => {
    const socket = connect({ host, port })
    const cancel = timers.after(SCAN_MS, () => socket.destroy(new Error('the scanner takes too long')))
    try {
      return await ask(socket, pieces())
    } catch (cause) {
      onTrouble(cause)
      return 'unknown'
    } finally {
      cancel()
      socket.destroy()
    }
  }
}

async function ask(socket: Socket, pieces: AsyncIterable<Uint8Array>): Promise<ScanAnswer> {
  const answer = answerOf(socket)
  // Awaited at the end; what breaks before is told by the writing.
  answer.catch(() => undefined)
  await once(socket, 'connect')
  socket.write('zINSTREAM\0')
  for await (const piece of pieces) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(piece.length)
    socket.write(length)
    if (!socket.write(Buffer.from(piece))) await Promise.race([once(socket, 'drain'), answer])
  }
  socket.write(Buffer.alloc(4))
  const said = await answer
  if (/: OK\0?$/.test(said)) return 'harmless'
  if (/ FOUND\0?$/.test(said)) return 'harmful'
  throw new Error('the scanner gave no answer that is known')
}

async function answerOf(socket: Socket): Promise<string> {
  let said = ''
  for await (const data of socket) {
    said += String(data)
    if (said.includes('\0') || said.length > MAX_ANSWER) return said
  }
  return said
}
