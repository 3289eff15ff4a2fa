// A WebSocket by hand: sends any bytes as frames, reads what comes or refuses to read. For tests of hostile and slow connections.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

export interface RawConnection {
  /** Texts of the frames that came. */
  readonly got: string[]
  readonly closed: Promise<void>
  isOpen(): boolean
  send(data: string | Uint8Array): void
  /** As they are, without a frame around them. */
  bytes(data: Uint8Array): void
  /** From here on nothing is taken from the connection. */
  stopReading(): void
  end(): void
}

/** Opens a WebSocket on the platform's socket path. */
export async function rawConnection(url: string): Promise<RawConnection> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  const got: string[] = []
  let open = true
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  void closed.then(() => {
    open = false
  })
  socket.on('error', () => undefined) // a connection that is cut is what these tests are about
  socket.setNoDelay(true)
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  let buffer: Buffer = Buffer.alloc(0)
  await new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error('the connection was not opened')))
    socket.on('data', function opening(chunk: Buffer) {
      buffer = Buffer.concat([buffer, chunk])
      const end = buffer.indexOf('\r\n\r\n')
      if (end < 0) return
      if (!buffer.toString('latin1').startsWith('HTTP/1.1 101')) return reject(new Error(buffer.toString('latin1')))
      buffer = buffer.subarray(end + 4)
      socket.off('data', opening)
      resolve()
    })
  })
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk])
    readFrames()
  })
  readFrames()

  function readFrames(): void {
    while (buffer.length >= 2) {
      const short = (buffer[1] ?? 0) & 127
      const header = short === 126 ? 4 : short === 127 ? 10 : 2
      if (buffer.length < header) return
      const length = short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short
      if (buffer.length < header + length) return
      const opcode = (buffer[0] ?? 0) & 15
      if (opcode === 1) got.push(buffer.toString('utf8', header, header + length))
      if (opcode === 8) socket.end()
      buffer = buffer.subarray(header + length)
    }
  }

  return {
    got,
    closed,
    isOpen: () => open,
    send(data) {
      const payload = Buffer.from(data as string) // a string or bytes, copied either way
      const header = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10)
      header[0] = 0x80 | (typeof data === 'string' ? 1 : 2)
      if (header.length === 2) header[1] = 0x80 | payload.length
      else if (header.length === 4) {
        header[1] = 0x80 | 126
        header.writeUInt16BE(payload.length, 2)
      } else {
        header[1] = 0x80 | 127
        header.writeBigUInt64BE(BigInt(payload.length), 2)
      }
      // A mask of zeros is a mask.
      if (open) socket.write(Buffer.concat([header, Buffer.alloc(4), payload]))
    },
    bytes: (data) => void socket.write(data),
    stopReading: () => void socket.pause(),
    end: () => void socket.end(),
  }
}
