// Values by their sequence numbers, never changed: each change answers a new map that shares all but a few small nodes with the old one.
// A fold that copied its list for each event would cost a long conversation the square of its length. Plain data: it can be compared and printed.

type Node<T> = readonly (Node<T> | T | undefined)[]

export interface SeqMap<T> {
  readonly size: number
  /** Of nodes above each other; the lowest hold the values. */
  readonly depth: number
  readonly root: Node<T>
}

export interface SeqLeaf<T> {
  /** The lowest number that it can hold. */
  readonly base: number
  readonly values: readonly (T | undefined)[]
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

/** The lowest nodes, ascending: as long as nothing in one of them changes it stays the same object. */
export function* leavesOf<T>({ depth, root }: SeqMap<T>): Generator<SeqLeaf<T>> {
  yield* walkLeaves<T>(root, depth - 1, 0)
}

/** Where another value stands than before, ascending; what both maps share is not looked at. */
export function* changesOf<T>(before: SeqMap<T>, after: SeqMap<T>): Generator<readonly [seq: number, value: T]> {
  let known: Node<T> = before.depth > after.depth ? [] : before.root
  for (let { depth } = before; depth < after.depth; depth++) known = [known]
  yield* walkChanges<T>(known, after.root, { level: after.depth - 1, base: 0 })
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

function* walkLeaves<T>(node: Node<T>, level: number, base: number): Generator<SeqLeaf<T>> {
  if (level === 0) {
    yield { base, values: node as readonly (T | undefined)[] } // the lowest
    return
  }
  for (const [slot, each] of node.entries())
    if (each !== undefined) yield* walkLeaves<T>(each as Node<T>, level - 1, base + slot * WIDTH ** level) // above the lowest
}

function* walkChanges<T>(
  known: Node<T>,
  node: Node<T>,
  { level, base }: { level: number; base: number },
): Generator<readonly [seq: number, value: T]> {
  for (let slot = 0; slot < node.length; slot++) {
    const [before, each] = [known[slot], node[slot]]
    if (each === undefined || each === before) continue
    const first = base + slot * WIDTH ** level
    if (level === 0)
      yield [first, each as T] // the lowest
    else yield* walkChanges<T>((before as Node<T> | undefined) ?? [], each as Node<T>, { level: level - 1, base: first }) // above the lowest
  }
}
