// Numbers as disjoint ranges in ascending order; over another set that is left as it is.

/** Up to here it is quicker to make room for each. */
const FEW = 4

export class RangeSet {
  readonly #from: number[] = []
  readonly #to: number[] = []
  readonly #under: RangeSet | undefined

  constructor(under?: RangeSet) {
    this.#under = under
  }

  /** True when one range holds all of it; two that lie side by side are one. */
  covers(from: number, to: number): boolean {
    const at = this.#lastFrom(from)
    return (at >= 0 && (this.#to[at] ?? 0) >= to) || (this.#under?.covers(from, to) ?? false)
  }

  /** Many at once, in any order. */
  addAll(ranges: readonly (readonly [from: number, to: number])[]): void {
    if (ranges.length <= FEW) {
      for (const [from, to] of ranges) this.add(from, to)
      return
    }
    const known = [...this.ranges()]
    this.#from.length = 0
    this.#to.length = 0
    let next = 0
    for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
      for (let each = known[next]; each && each[0] <= from; each = known[++next]) this.#addLast(each[0], each[1])
      this.#addLast(from, to)
    }
    for (const [from, to] of known.slice(next)) this.#addLast(from, to)
  }

  /** Begins nowhere before the last one does. */
  #addLast(from: number, to: number): void {
    const last = this.#to.length - 1
    if (last >= 0 && from <= (this.#to[last] ?? 0)) this.#to[last] = Math.max(this.#to[last] ?? 0, to)
    else {
      this.#from.push(from)
      this.#to.push(to)
    }
  }

  add(from: number, to: number): void {
    let start = this.#lastFrom(from)
    if (start < 0 || (this.#to[start] ?? 0) < from) start++
    let end = start
    let [low, high] = [from, to]
    while (end < this.#from.length && (this.#from[end] ?? 0) <= to) {
      low = Math.min(low, this.#from[end] ?? low)
      high = Math.max(high, this.#to[end] ?? high)
      end++
    }
    this.#from.splice(start, end - start, low)
    this.#to.splice(start, end - start, high)
  }

  *ranges(): Iterable<readonly [from: number, to: number]> {
    for (const [index, from] of this.#from.entries()) yield [from, this.#to[index] ?? from]
  }

  /** Of this set alone, without the one under it. */
  get total(): number {
    return this.#from.reduce((sum, from, index) => sum + (this.#to[index] ?? from) - from, 0)
  }

  get size(): number {
    return this.#from.length
  }

  /** Index of the last range that begins at or before. */
  #lastFrom(value: number): number {
    let low = 0
    let high = this.#from.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#from[middle] ?? 0) <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
