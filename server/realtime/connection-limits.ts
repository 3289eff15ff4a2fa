// What one connection, and all connections of one person, may cost the server: what it sends, what it is sent and does not take.
// Beyond, the connection ends; nobody else notices.
import type { Server, Socket } from 'socket.io'
import { Allowance } from '#shared/kernel/allowance.ts'
import type { Clock } from '#shared/kernel/clock.ts'

/** Waits for a slow telephone to take the largest draft and an hour's talk; a reader that never reads gets no further. */
export const MAX_UNSENT_CHARS = 8_000_000
/** Of all connections of a person together. */
export const MAX_UNSENT_OF_PERSON = 16_000_000
/** A connection with no more than this is never cut for what the person's other connections do not read. */
const HEALTHY_UNSENT_CHARS = 1_000_000

/** Connections of one person into one case: tabs, devices, and what a flapping network has left behind. The oldest makes room. */
export const MAX_CONNECTIONS = 12

/** How often one person may come into a case: a telephone on a bad network, its pages and its tablet; no loop of a program. */
export const JOINS = { burst: 60, perSecond: 1 / 3 } as const

/** Of all connections of a person. Far above a fast typist on a reconnecting device, far below what a flood needs. */
const FRAMES = { burst: 1_000, perSecond: 200 } as const

/** Characters of their frames: a whole draft's unsent words at once, and a fast connection's worth of typing. Counted before a frame is read. */
export const CHARS = { burst: 8_000_000, perSecond: 400_000 } as const

/** Pages of what was missed: twenty thousand entries at once, then slowly; each page is read from the disk and decrypted. */
export const PAGES = { burst: 100, perSecond: 4 } as const

/** A device shows a fresh token every nine minutes. */
export const RENEWALS = { burst: 24, perSecond: 0.2 } as const

interface Engine {
  on(name: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown
  on(name: 'flush', listener: () => void): unknown
  readonly transport?: { readonly socket?: { terminate?: () => void } }
  on(name: 'close', listener: () => void): unknown
  close(discard: boolean): void
}

interface Unsent {
  chars: number
}

/** Counts what is waiting to be handed to the connection; the connection of whoever does not read is cut, its waiting frames are dropped. */
function boundBacklog(io: Server, { ofConnection, ofPerson }: { ofConnection: number; ofPerson: number }) {
  const connections = new WeakMap<object, { chars: number; person: Unsent | undefined }>()
  io.engine.on('connection', (engine: Engine) => {
    const connection: { chars: number; person: Unsent | undefined } = { chars: 0, person: undefined }
    connections.set(engine, connection)
    const settle = () => {
      if (connection.person) connection.person.chars -= connection.chars
      connection.chars = 0
    }
    engine.on('packetCreate', ({ data }) => {
      const more = typeof data === 'string' ? data.length : 1_000
      connection.chars += more
      if (connection.person) connection.person.chars += more
      const tooMany = connection.person !== undefined && connection.person.chars > ofPerson && connection.chars > HEALTHY_UNSENT_CHARS
      if (connection.chars <= ofConnection && !tooMany) return
      settle()
      engine.close(true)
      terminate(engine)
    })
    engine.on('flush', settle)
    engine.on('close', settle)
  })
  return {
    /** From here on the connection counts as one of this person's. */
    share(engine: object, person: Unsent): void {
      const connection = connections.get(engine)
      if (!connection || connection.person) return
      connection.person = person
      person.chars += connection.chars
    },
  }
}

/** A closing handshake would wait for the reader that does not read. */
function terminate(engine: Engine): void {
  engine.transport?.socket?.terminate?.()
}

/** All connections that are open now; the answer cuts those of them that have not gone by themselves. Asked before closing, which forgets them. */
export function openConnections(io: Server): () => void {
  const { clients } = io.engine as unknown as { readonly clients: Readonly<Record<string, Engine>> } // as engine.io keeps them; its type leaves them out
  const engines = Object.values(clients)
  return () => engines.forEach(terminate)
}

/** Answers whether so much more is within bounds. */
export function bound(clock: Clock, { burst, perSecond }: { burst: number; perSecond: number }): (amount: number) => boolean {
  const rate = { burst, perMinute: perSecond * 60 }
  const allowance = new Allowance(rate, clock.now())
  return (amount) => {
    if (allowance.left(rate, clock.now()) < amount) return false
    allowance.charge(amount)
    return true
  }
}

/** One measure for all connections of a person, kept while others take them to be here. */
export function makeConnectionLimits(io: Server, clock: Clock) {
  const backlog = boundBacklog(io, { ofConnection: MAX_UNSENT_CHARS, ofPerson: MAX_UNSENT_OF_PERSON })
  const measures = new Map<string, Measure>()
  return {
    /** Counts whatever comes on this connection, acknowledgements and noise too, before it is read, and whatever it does not take. */
    watch(person: string, socket: Socket, beyond: () => void): void {
      const measure = measures.get(person) ?? { frames: bound(clock, FRAMES), chars: bound(clock, CHARS), unsent: { chars: 0 } }
      measures.set(person, measure)
      backlog.share(socket.conn, measure.unsent)
      socket.conn.on('packet', ({ data }: { data?: unknown }) => {
        const within = measure.frames(1) && measure.chars(sizeOf(data))
        if (!within && socket.connected) beyond()
      })
    },
    forget(person: string): void {
      measures.delete(person)
    },
  }
}

interface Measure {
  readonly frames: (amount: number) => boolean
  readonly chars: (amount: number) => boolean
  readonly unsent: Unsent
}

function sizeOf(data: unknown): number {
  return typeof data === 'string' || data instanceof Uint8Array ? data.length : 1
}
