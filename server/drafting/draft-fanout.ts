// Who of this server is in a draft, and what they are sent of it: everything stored, in order, but not their own words back.
import { encodeServerFrame, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import type { DraftConnection } from './draft-connection.ts'
import { decodeClose } from './draft-entries.ts'
import type { LaneEntry } from './draft-lane.ts'

export interface Seat {
  readonly connection: DraftConnection
  /** The only Yjs client id under which this device may write anew. */
  readonly clientId: number
  /** Numbers up to here came with the answer to joining. */
  readonly since: number
}

export class DraftFanout {
  readonly #seats = new Map<DraftConnection, Seat>()

  get size(): number {
    return this.#seats.size
  }
  seatOf(connection: DraftConnection): Seat | undefined {
    return this.#seats.get(connection)
  }
  take(seat: Seat): void {
    this.#seats.set(seat.connection, seat)
  }
  leave(connection: DraftConnection): void {
    this.#seats.delete(connection)
  }

  /** `generation` as it stands after the entries. */
  publish(entries: readonly LaneEntry[], generation: number): void {
    const origins = new Set(entries.map((entry) => entry.origin))
    const forOthers = new Frames(entries, generation)
    const others: DraftConnection[] = []
    for (const { connection, since } of this.#seats.values()) {
      if (!connection.mayRead()) continue
      if (!origins.has(connection) && since < (entries[0]?.u ?? 0)) {
        others.push(connection)
        continue
      }
      const own = entries.filter((entry) => entry.origin !== connection && entry.u > since)
      for (const text of new Frames(own, generation).texts) connection.send(WIRE.draftFrame, text)
    }
    if (others.length > 0) for (const text of forOthers.texts) others[0]?.sendToAll(others, WIRE.draftFrame, text)
  }

  /** After a gap: everybody here joins anew from what they hold. */
  sendAllToRejoin(u: number): void {
    const text = encodeServerFrame({ kind: 'rejoin', u })
    for (const { connection } of this.#seats.values()) connection.send(WIRE.draftFrame, text)
  }

  relay(from: DraftConnection, name: string, payload: unknown): void {
    for (const { connection } of this.#seats.values()) {
      if (connection !== from && connection.mayRead()) connection.sendDroppable(name, payload)
    }
  }
}

/** Encoded once for all who get the same. */
class Frames {
  readonly #entries: readonly LaneEntry[]
  readonly #generation: number
  #texts: readonly string[] | undefined
  constructor(entries: readonly LaneEntry[], generation: number) {
    this.#entries = entries
    this.#generation = generation
  }

  get texts(): readonly string[] {
    this.#texts ??= framesOf(this.#entries, this.#generation).map(encodeServerFrame)
    return this.#texts
  }
}

function framesOf(entries: readonly LaneEntry[], generation: number): readonly ServerFrame[] {
  const frames: ServerFrame[] = []
  let updates: Uint8Array[] = []
  let last = 0
  const flush = () => {
    if (updates.length > 0) frames.push({ kind: 'updates', u: last, updates })
    updates = []
  }
  for (const { kind, u, plain } of entries) {
    if (kind === 'update') {
      updates.push(plain)
      last = u
      continue
    }
    if (kind === 'claim') continue
    flush()
    if (kind === 'close') frames.push({ kind: 'closed', u, versionId: decodeClose(plain) })
    else frames.push({ kind: 'reopened', u, generation })
  }
  flush()
  return frames
}
