// What became of each clock of one author: where it stands, or that nothing is left of it. Letters side by side are one range.
import { RangeSet } from './range-set.ts'

/** Where a struct stands: in the list of a node, or as one of its attributes (`placeOf`). */
export type Place = number
/** Collected, or inside what was collected: whatever is put there comes to nothing. */
export const GONE: Place = -1
/** A range that is no element and no text. */
export const LEAF = -1

export interface Found {
  readonly place: Place
  /** The node that stands at this clock, or LEAF. */
  readonly node: number
  /** Whether the next clock of this author stands beside it. */
  readonly goesOn: boolean
}

export class AuthorMap {
  readonly #under: AuthorMap | undefined
  readonly #from: number
  readonly #ends: number[] = []
  readonly #places: Place[] = []
  readonly #nodes: number[] = []
  readonly deleted: RangeSet

  constructor(under?: AuthorMap) {
    this.#under = under
    this.#from = under?.end ?? 0
    this.deleted = new RangeSet(under?.deleted)
  }

  /** The next clock. */
  get end(): number {
    return this.#ends.at(-1) ?? this.#from
  }

  append(length: number, place: Place, node = LEAF): void {
    const end = this.end + length
    const last = this.#ends.length - 1
    if (last >= 0 && node === LEAF && this.#nodes[last] === LEAF && this.#places[last] === place) this.#ends[last] = end
    else {
      this.#ends.push(end)
      this.#places.push(place)
      this.#nodes.push(node)
    }
  }

  find(clock: number): Found | undefined {
    if (clock < this.#from) return this.#under?.find(clock)
    const at = this.#rangeOf(clock)
    const end = this.#ends[at]
    if (end === undefined) return undefined
    return { place: this.#places[at] ?? GONE, node: this.#nodes[at] ?? LEAF, goesOn: clock + 1 < end }
  }

  /** Whether an element or a text stands at one of these clocks. */
  hasNodeIn(from: number, to: number): boolean {
    if (from < this.#from && this.#under?.hasNodeIn(from, Math.min(to, this.#from))) return true
    for (let at = this.#rangeOf(from); at < this.#ends.length; at++) {
      if ((this.#ends[at - 1] ?? this.#from) >= to) return false
      if (this.#nodes[at] !== LEAF) return true
    }
    return false
  }

  /** Index of the range that a clock is in; behind the last one for what is not there yet. */
  #rangeOf(clock: number): number {
    let low = 0
    let high = this.#ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ends[middle] ?? 0) <= clock) low = middle + 1
      else high = middle
    }
    return low
  }

  get size(): number {
    return this.#ends.length
  }

  *ranges(): Iterable<{ readonly length: number; readonly place: Place; readonly node: number }> {
    let from = this.#from
    for (const [index, end] of this.#ends.entries()) {
      yield { length: end - from, place: this.#places[index] ?? GONE, node: this.#nodes[index] ?? LEAF }
      from = end
    }
  }
}
