// What one line, and all lines of one person, may cost the server: what it sends, what it is sent and does not take. Beyond, the line
// ends; nobody else notices.
import type { Server, Socket } from 'socket.io'
import type { Clock } from '#shared/kernel/clock.ts'

/** Waits for a slow telephone to take the largest draft and an hour's talk; a reader that never reads gets no further. */
export const MAX_UNSENT_CHARS = 8_000_000

/** Lines of one person into one case: tabs, devices, and what a flapping network has left behind. The oldest makes room. */
export const MAX_LINES = 12

/** How often one person may come into a case: a telephone on a bad network, its pages and its tablet; no loop of a program. */
export const JOINS = { burst: 60, perSecond: 1 / 3 } as const

/** Of all lines of a person. Far above a fast typist on a reconnecting device, far below what a flood needs. */
export const FRAMES = { burst: 4_000, perSecond: 1_000 } as const

/** Characters of their frames: a whole draft's unsent words at once, and a fast line's worth of typing. Counted before a frame is read. */
export const CHARS = { burst: 8_000_000, perSecond: 400_000 } as const

/** Pages of what was missed: twenty thousand entries at once, then slowly; each page is read from the disk and decrypted. */
export const PAGES = { burst: 100, perSecond: 4 } as const

/** A device shows a fresh token every nine minutes. */
export const RENEWALS = { burst: 24, perSecond: 0.2 } as const

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

/** Answers whether so much more is within bounds. */
export function bound(clock: Clock, { burst, perSecond }: { burst: number; perSecond: number }): (amount: number) => boolean {
  let left = burst
  let at = clock.now()
  return (amount) => {
    if (left < amount) {
      const now = clock.now()
      // A clock that was set back says nothing of how much time has passed: nobody is cut off for it.
      left = now < at ? burst : Math.min(burst, left + ((now - at) * perSecond) / 1000)
      at = now
      if (left < amount) return false
    }
    left -= amount
    return true
  }
}

/** One measure for all lines of a person, kept while others take them to be here. */
export function makeLineMeasures(clock: Clock) {
  const measures = new Map<string, (chars: number) => boolean>()
  return {
    /** Counts whatever comes on this line, acknowledgements and noise too, before it is read. */
    watch(person: string, socket: Socket, beyond: () => void): void {
      const within = measures.get(person) ?? both(bound(clock, FRAMES), bound(clock, CHARS))
      measures.set(person, within)
      socket.conn.on('packet', ({ data }: { data?: unknown }) => {
        if (!within(sizeOf(data)) && socket.connected) beyond()
      })
    },
    forget(person: string): void {
      measures.delete(person)
    },
  }
}

function both(frames: (amount: number) => boolean, chars: (amount: number) => boolean): (size: number) => boolean {
  return (size) => frames(1) && chars(size)
}

function sizeOf(data: unknown): number {
  return typeof data === 'string' || data instanceof Uint8Array ? data.length : 1
}
