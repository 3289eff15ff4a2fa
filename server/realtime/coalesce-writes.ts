// What is written to one connection in consequence of one thing (a commit and all that follows from it, a packet and its answer)
// leaves as one piece, in one system call: a multiple of the throughput, no delay; a tick runs when all promises have been settled. Frames of a few hundred bytes are copied together, which costs less than handing over a list of them.
// Whoever writes is told at once that a frame is taken, so that the next of the same turn joins it; but never while an earlier
// piece is still on its way: a connection that is not read is seen to be full, as without us.
import { nextTick } from 'node:process'
import type { Server } from 'socket.io'

type Written = (error?: Error | null) => void

interface Stream {
  write(chunk: unknown, ...rest: unknown[]): boolean
  end(...last: unknown[]): unknown
  readonly destroyed: boolean
  /** Bytes that the system has not taken yet. */
  readonly writableLength: number
}

interface Held {
  readonly chunks: Uint8Array[]
  readonly untold: Written[]
  bytes: number
}

/** Larger pieces go out as they are: copying them would cost more than it saves. */
const MAX_COPIED = 64 * 1024

export function coalesceWrites(io: Server): void {
  // One frame to everybody in a room is two chunks, head and body, the same for each: joined once.
  let pair: { readonly head: Uint8Array | undefined; readonly body: Uint8Array | undefined; readonly whole: Buffer } | undefined
  function joined({ chunks, bytes }: Held): Uint8Array {
    const [head, body] = chunks
    if (chunks.length === 1 && head) return head
    if (pair && chunks.length === 2 && pair.head === head && pair.body === body) return pair.whole
    const whole = Buffer.concat(chunks, bytes)
    pair = chunks.length === 2 ? { head, body, whole } : undefined
    return whole
  }

  const waiting: (() => void)[] = []
  const flushAll = () => {
    for (const flush of waiting.splice(0)) flush()
    pair = undefined
  }

  io.engine.on('connection', (connection: { transport?: { socket?: { _socket?: Stream } } }) => {
    const stream = connection.transport?.socket?._socket // the TCP stream below `ws`; absent for other transports
    if (!stream) return
    const { write, end } = stream
    let held: Held | undefined

    function flush(): void {
      const mine = held
      held = undefined
      if (!mine || !stream) return
      const whole = joined(mine)
      if (mine.untold.length === 0) write.call(stream, whole)
      else
        write.call(stream, whole, (error?: Error | null) => {
          for (const tell of mine.untold) tell(error)
        })
    }

    stream.write = (written, ...rest) => {
      const chunk = typeof written === 'string' && typeof rest[0] !== 'string' ? Buffer.from(written) : written
      // What is large, of another kind, or comes after the end is the stream's own affair; what was held goes before it.
      if (!(chunk instanceof Uint8Array) || chunk.length > MAX_COPIED || stream.destroyed) {
        flush()
        return write.call(stream, chunk, ...rest)
      }
      if (!held) {
        held = { chunks: [], untold: [], bytes: 0 }
        if (waiting.push(flush) === 1) nextTick(flushAll)
      }
      held.chunks.push(chunk)
      held.bytes += chunk.length
      const told = rest.at(-1)
      const free = stream.writableLength === 0 && held.bytes <= MAX_COPIED
      if (typeof told === 'function') {
        if (free) told()
        else held.untold.push(told as Written) // a stream's last argument is its callback
      }
      if (held && held.bytes > MAX_COPIED) flush()
      return true
    }
    stream.end = (...last) => {
      flush()
      return end.apply(stream, last)
    }
  })
}
