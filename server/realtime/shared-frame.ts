// The same message to many connections: written out and made into a WebSocket frame once, and handed to each connection past Socket.IO's
// adapter, which would search every field for binary data and wrap each socket's share anew. What a device gets is the same, byte for byte.
import type { Server, Socket } from 'socket.io'

/** As engine.io takes a frame that is made already (its adapter's own way; the type leaves it out). */
type Prepared = Parameters<Socket['conn']['write']>[1] & { readonly wsPreEncodedFrame: readonly Buffer[] }

/** `value` is plain JSON. */
export function sendToRoom(io: Server, room: string, name: string, value: unknown): void {
  const inside = io.sockets.adapter.rooms.get(room)
  if (!inside) return
  const sockets = [...inside].flatMap((id) => io.sockets.sockets.get(id) ?? [])
  sendToSockets(sockets, name, value)
}

/** `value` is plain JSON. */
export function sendToSockets(sockets: readonly Socket[], name: string, value: unknown): void {
  if (sockets.length === 0) return
  const packet = `2${JSON.stringify([name, value])}` // an event of Socket.IO, in its main namespace
  const options: Prepared = { wsPreEncodedFrame: [textFrame(`4${packet}`)] }
  for (const socket of sockets) socket.conn.write(packet, options)
}

const TEXT = 0x81
const LENGTH_16 = 126
const LENGTH_64 = 127

/** One whole text frame of a server (RFC 6455, section 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < LENGTH_16 ? 2 : length < 0x1_0000 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = TEXT
  frame[1] = head === 2 ? length : head === 4 ? LENGTH_16 : LENGTH_64
  if (head === 4) frame.writeUInt16BE(length, 2)
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, head)
  return frame
}
