// Values by their sequence numbers, never changed: each change answers a new map that shares all but a few small nodes with the old one.
// A fold that copied its list for each event would cost a long conversation the square of its length. Plain data: it can be compared and printed.

type Node<T> = readonly (Node<T> | T | undefined)[]

export interface SeqMap<T> {
  readonly size: number
  /** Of nodes above each other; the lowest hold the values. */
  readonly depth: number
  readonly root: Node<T>
}

const BITS = 4
const WIDTH = 1 << BITS

export function emptySeqMap<T>(): SeqMap<T> {
  return { size: 0, depth: 1, root: [] }
}

export function valueAt<T>({ depth, root }: SeqMap<T>, seq: number): T | undefined {
  if (seq < 0 || seq >= WIDTH ** depth) return undefined
  let node: Node<T> | undefined = root
  for (let level = depth - 1; level > 0 && node; level--) node = node[slotOf(seq, level)] as Node<T> | undefined // above the lowest
  return node?.[slotOf(seq, 0)] as T | undefined // the lowest
}

export function withValue<T>(map: SeqMap<T>, seq: number, value: T): SeqMap<T> {
  let { depth, root } = map
  for (; seq >= WIDTH ** depth; depth++) root = root.length === 0 ? root : [root]
  const known = valueAt(map, seq) !== undefined
  return { size: known ? map.size : map.size + 1, depth, root: withSlot(root, seq, value, depth - 1) }
}

/** Ascending, those behind `after`. */
export function* entriesOf<T>({ depth, root }: SeqMap<T>, after = -1): Generator<readonly [seq: number, value: T]> {
  yield* walk<T>(root, depth - 1, { base: 0, after })
}

export function valuesOf<T>(map: SeqMap<T>, after = -1): readonly T[] {
  const values: T[] = []
  for (const [, value] of entriesOf(map, after)) values.push(value)
  return values
}

/** That of the highest number. */
export function lastValue<T>({ depth, root }: SeqMap<T>): T | undefined {
  let found: Node<T> | T | undefined = root
  for (let level = depth; level > 0; level--) found = (found as Node<T> | undefined)?.findLast((each) => each !== undefined) // above the lowest
  return found as T | undefined // in the lowest
}

function slotOf(seq: number, level: number): number {
  return Math.floor(seq / WIDTH ** level) % WIDTH
}

function withSlot<T>(node: Node<T>, seq: number, value: T, level: number): Node<T> {
  const slot = slotOf(seq, level)
  const next = [...node]
  next[slot] = level === 0 ? value : withSlot((node[slot] as Node<T> | undefined) ?? [], seq, value, level - 1) // above the lowest
  return next
}

function* walk<T>(
  node: Node<T>,
  level: number,
  { base, after }: { base: number; after: number },
): Generator<readonly [seq: number, value: T]> {
  const span = WIDTH ** level
  for (let slot = Math.max(0, Math.floor((after + 1 - base) / span)); slot < node.length; slot++) {
    const each = node[slot]
    const first = base + slot * span
    if (each === undefined) continue
    if (level > 0)
      yield* walk<T>(each as Node<T>, level - 1, { base: first, after }) // above the lowest
    else if (first > after) yield [first, each as T] // the lowest
  }
}
