// A Socket.IO 4 client (Engine.IO 4 over WebSocket, text frames) on a bare TCP stream, for load: it does so little for each packet
// that one core of clients fills one core of server. Not for people: no reconnection, no binary, no other transport.
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

interface LightSocketOptions {
  readonly url: string
  readonly auth: unknown
}

// One for all: the stream reads into it and hands it over before anything else can.
const INBOX = Buffer.allocUnsafe(256 * 1024)
const TEXT = 1
const CLOSE = 8
const OPEN = 0x30
const PING = 0x32
const MESSAGE = 0x34
const CONNECT = 0x30
const EVENT = 0x32
const ACK = 0x33
const CONNECT_ERROR = 0x34
const BRACKET = 0x5b
const BRACE = 0x7b

export class LightSocket {
  /** Called with the JSON array of each event, as text of one byte per character (UTF-8 undone by whoever needs it). */
  onEvent: (json: string) => void = () => undefined
  onClose: () => void = () => undefined
  readonly #stream: Socket
  readonly #auth: unknown
  readonly #acks = new Map<number, (json: string) => void>()
  #nextAck = 0
  #framesRead = 0
  #rest: Buffer | undefined
  #upgraded = false
  #outbox: Buffer[] = []
  #opened: { resolve: () => void; reject: (error: Error) => void } | undefined

  private constructor({ url, auth }: LightSocketOptions) {
    const { hostname, port } = new URL(url)
    this.#auth = auth
    this.#stream = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: INBOX,
        callback: (count) => {
          this.#read(INBOX.subarray(0, count))
          return true
        },
      },
    })
    this.#stream.on('connect', () => {
      const key = randomBytes(16).toString('base64')
      const upgrade = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}`
      this.#stream.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${upgrade}\r\n\r\n`)
    })
    this.#stream.on('error', (error) => this.#opened?.reject(error))
    this.#stream.on('close', () => {
      this.#opened?.reject(new Error('closed'))
      this.onClose()
    })
  }

  static async open(options: LightSocketOptions): Promise<LightSocket> {
    const socket = new LightSocket(options)
    await new Promise<void>((resolve, reject) => {
      socket.#opened = { resolve, reject }
    })
    socket.#opened = undefined
    return socket
  }

  /** `answered` gets the JSON array of the acknowledgement, one byte per character. */
  emit(name: string, payload: unknown, answered?: (json: string) => void): void {
    const id = answered ? this.#nextAck++ : ''
    if (answered && id !== '') this.#acks.set(id, answered)
    this.#send(`42${id}${JSON.stringify([name, payload])}`)
  }

  ask<Answer>(name: string, payload: unknown): Promise<Answer> {
    return new Promise((resolve) =>
      this.emit(name, payload, (json) => {
        const [answer] = JSON.parse(fromBytes(json)) as [Answer]
        resolve(answer)
      }),
    )
  }

  /** As when the connection is cut. */
  drop(): void {
    this.#stream.destroy()
  }

  get framesRead(): number {
    return this.#framesRead
  }
  get bytesRead(): number {
    return this.#stream.bytesRead
  }
  get bytesWritten(): number {
    return this.#stream.bytesWritten
  }

  #send(text: string): void {
    if (this.#outbox.length === 0) queueMicrotask(() => this.#flush())
    this.#outbox.push(maskedFrame(text))
  }

  #flush(): void {
    const frames = this.#outbox
    this.#outbox = []
    const [only] = frames
    if (!this.#stream.destroyed && only) this.#stream.write(frames.length === 1 ? only : Buffer.concat(frames))
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    this.#rest = undefined
    if (!this.#upgraded) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.#keep(bytes)
        return
      }
      const status = bytes.latin1Slice(0, bytes.indexOf('\r\n'))
      if (!status.includes(' 101 ')) {
        this.#opened?.reject(new Error(status))
        return
      }
      this.#upgraded = true
      bytes = bytes.subarray(end + 4)
    }
    let at = 0
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] ?? 0) & 0x7f
      let head = 2
      if (length === 126) {
        if (bytes.length - at < 4) break
        length = bytes.readUInt16BE(at + 2)
        head = 4
      } else if (length === 127) {
        if (bytes.length - at < 10) break
        length = Number(bytes.readBigUInt64BE(at + 2))
        head = 10
      }
      if (bytes.length - at < head + length) break
      this.#frame((bytes[at] ?? 0) & 0x0f, bytes, at + head, at + head + length)
      at += head + length
    }
    if (at < bytes.length) this.#keep(bytes.subarray(at))
  }

  /** A copy: what was read lies in the common inbox. */
  #keep(bytes: Buffer): void {
    this.#rest = Buffer.from(bytes)
  }

  #frame(opcode: number, bytes: Buffer, from: number, to: number): void {
    this.#framesRead++
    if (opcode === CLOSE) this.#stream.destroy()
    if (opcode !== TEXT) return
    const kind = bytes[from]
    if (kind === OPEN) this.#send(`40${JSON.stringify(this.#auth)}`)
    else if (kind === PING) this.#send('3')
    else if (kind === MESSAGE) this.#message(bytes, from + 1, to)
  }

  #message(bytes: Buffer, from: number, to: number): void {
    const packet = bytes[from]
    if (packet === EVENT) this.onEvent(bytes.latin1Slice(from + 1, to))
    else if (packet === ACK) this.#acknowledged(bytes, from + 1, to)
    else if (packet === CONNECT && bytes[from + 1] === BRACE) this.#opened?.resolve()
    else if (packet === CONNECT_ERROR) this.#opened?.reject(new Error(bytes.utf8Slice(from + 1, to)))
  }

  #acknowledged(bytes: Buffer, from: number, to: number): void {
    let id = 0
    let at = from
    while (bytes[at] !== BRACKET) id = id * 10 + (bytes[at++] ?? 0) - 0x30
    const answered = this.#acks.get(id)
    this.#acks.delete(id)
    answered?.(bytes.latin1Slice(at, to))
  }
}

/** Text of one byte per character as the UTF-8 that it is. */
function fromBytes(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}

/** Masked with zeros, which the standard allows and which costs neither side anything. */
function maskedFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < 126 ? 6 : length < 65_536 ? 8 : 14
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = 0x81
  if (length < 126) frame[1] = 0x80 | length
  else if (length < 65_536) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.fill(0, head - 4, head)
  frame.utf8Write(text, head)
  return frame
}
