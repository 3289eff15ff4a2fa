// What is kept in memory because it is used: beyond its room the least recently used goes, one by one. To forget all at once would make
// everybody's next step slow in the same moment.

interface Kept<Value> {
  readonly value: Value
  readonly size: number
}

export class RecentlyUsed<Key, Value> {
  readonly #room: number
  readonly #sizeOf: (value: Value) => number
  /** In the order of use, the latest at the end. */
  readonly #kept = new Map<Key, Kept<Value>>()
  #latest: Key | undefined
  #size = 0

  /** By default each counts as one. */
  constructor(room: number, sizeOf: (value: Value) => number = () => 1) {
    this.#room = room
    this.#sizeOf = sizeOf
  }

  get(key: Key): Value | undefined {
    const kept = this.#kept.get(key)
    if (kept && this.#latest !== key) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      this.#latest = key
    }
    return kept?.value
  }

  /** Also of what is there already and has grown. It stays itself, however large. */
  set(key: Key, value: Value): void {
    this.delete(key)
    const size = this.#sizeOf(value)
    this.#kept.set(key, { value, size })
    this.#latest = key
    this.#size += size
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#room || oldest === key) return
      this.delete(oldest)
    }
  }

  delete(key: Key): void {
    this.#size -= this.#kept.get(key)?.size ?? 0
    this.#kept.delete(key)
  }

  clear(): void {
    this.#kept.clear()
    this.#size = 0
  }
}
