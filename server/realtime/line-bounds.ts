// What one line may cost the server: the bytes it is sent and does not take, and the frames it sends. Beyond, it ends; nobody else notices.
import type { Server } from 'socket.io'
import type { Clock } from '#shared/kernel/clock.ts'

/** Waits for a slow telephone to take the largest draft and an hour's talk; a reader that never reads gets no further. */
export const MAX_UNSENT_CHARS = 8_000_000

/** Lines of one person into one case: tabs, devices, and what a flapping network has left behind. The oldest makes room. */
export const MAX_LINES = 12

/** Far above a fast typist on a reconnecting device, far below what a flood needs. */
export const FRAMES = { burst: 4_000, perSecond: 1_000 } as const

interface Engine {
  on(name: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown
  on(name: 'flush', listener: () => void): unknown
  readonly transport?: { readonly socket?: { terminate?: () => void } }
  close(discard: boolean): void
}

/** Counts what is waiting to be handed to the line; the line of whoever does not read is cut, its waiting frames are dropped. */
export function boundBacklog(io: Server, maxChars: number): void {
  io.engine.on('connection', (engine: Engine) => {
    let unsent = 0
    engine.on('packetCreate', ({ data }) => {
      unsent += typeof data === 'string' ? data.length : 1_000
      if (unsent <= maxChars) return
      unsent = 0
      engine.close(true)
      engine.transport?.socket?.terminate?.() // a closing handshake would wait for the reader that does not read
    })
    engine.on('flush', () => {
      unsent = 0
    })
  })
}

/** Answers whether one more frame is within bounds. */
export function frameBound(clock: Clock, { burst, perSecond }: { burst: number; perSecond: number }): () => boolean {
  let left = burst
  let at = clock.now()
  return () => {
    if (left < 1) {
      const now = clock.now()
      left = Math.min(burst, (Math.max(0, now - at) * perSecond) / 1000)
      at = now
    }
    left -= 1
    return left >= 0
  }
}
