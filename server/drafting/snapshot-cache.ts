// The snapshots that were asked for last, in clear, within a fixed number of bytes: a warm document opens without the disk, and a
// thousand open ones need no more memory than a few.
import type { DocumentPlace } from '#server/storage/ports.ts'
import { keyOfPlace, type PlainSnapshot } from './draft-entries.ts'

export class SnapshotCache {
  readonly #limit: number
  readonly #held = new Map<string, PlainSnapshot>()
  #bytes = 0

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get(place: DocumentPlace): PlainSnapshot | undefined {
    const key = keyOfPlace(place)
    const held = this.#held.get(key)
    if (held) {
      this.#held.delete(key)
      this.#held.set(key, held)
    }
    return held
  }

  put(place: DocumentPlace, snapshot: PlainSnapshot): void {
    this.drop(place)
    this.#held.set(keyOfPlace(place), snapshot)
    this.#bytes += snapshot.update.length
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#limit) break
      this.#drop(oldest)
    }
  }

  drop(place: DocumentPlace): void {
    this.#drop(keyOfPlace(place))
  }

  #drop(key: string): void {
    const held = this.#held.get(key)
    if (!held) return
    this.#held.delete(key)
    this.#bytes -= held.update.length
  }
}
