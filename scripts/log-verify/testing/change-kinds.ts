// The kinds of random changes to data at rest, whatever holds it: rows of SQLite and documents of MongoDB are damaged alike.

/** A small seeded generator: the same changes for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Picker = <T>(of: readonly T[]) => T

export function pickerOf(random: Random): Picker {
  return (of) => {
    const chosen = of[random(of.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }
}

/** One table or collection: its rows now, as they were a while ago, and those of another installation. */
export interface Holder<Row> {
  readonly now: readonly Row[]
  readonly earlier: readonly Row[]
  readonly foreign: readonly Row[]
  /** What a row is found by. */
  readonly placeOf: (row: Row) => string
  /** The row's content in the place of the other; undefined where a row is nothing but its place. */
  readonly moved: (content: Row, place: Row) => Row | undefined
  /** Another value in one field, whose name is answered. */
  readonly changed: (row: Row, random: Random) => { readonly row: Row; readonly field: string }
  /** Without a body, where it has one. */
  readonly nulled: (row: Row, random: Random) => { readonly row: Row; readonly field: string } | undefined
  readonly isSame: (a: Row, b: Row) => boolean
}

export type Random = (below: number) => number

/** `remove` stood there before, `insert` does afterwards. */
export interface Change<Row> {
  readonly remove: readonly Row[]
  readonly insert: readonly Row[]
  readonly field?: string
}

type Maker = <Row>(holder: Holder<Row>, random: Random) => Change<Row> | undefined

export type Kind = 'changed' | 'deleted' | 'reordered' | 'nulled' | 'put back' | 'foreign'
export const KINDS: Readonly<Record<Kind, Maker>> = {
  changed(holder, random) {
    const row = pickerOf(random)(holder.now)
    const { row: next, field } = holder.changed(row, random)
    return { remove: [row], insert: [next], field }
  },
  deleted({ now }, random) {
    return { remove: [pickerOf(random)(now)], insert: [] }
  },
  reordered({ now, moved, isSame }, random) {
    const [one, two] = [pickerOf(random)(now), pickerOf(random)(now)]
    const [first, second] = [moved(two, one), moved(one, two)]
    return first && second && !isSame(first, one) ? { remove: [one, two], insert: [first, second] } : undefined
  },
  nulled({ now, nulled }, random) {
    const row = now.length > 0 ? pickerOf(random)(now) : undefined
    const next = row && nulled(row, random)
    return row && next && { remove: [row], insert: [next.row], field: next.field }
  },
  'put back': ({ now, earlier, placeOf, isSame }, random) => placed(now, earlier, { placeOf, isSame }, random),
  foreign: ({ now, foreign, placeOf, isSame }, random) => placed(now, foreign, { placeOf, isSame }, random),
}

/** A row from elsewhere that is not there as it is, put where it belongs. */
function placed<Row>(
  now: readonly Row[],
  others: readonly Row[],
  { placeOf, isSame }: Pick<Holder<Row>, 'placeOf' | 'isSame'>,
  random: Random,
): Change<Row> | undefined {
  const standing = new Map(now.map((row) => [placeOf(row), row]))
  const different = others.filter((row) => {
    const present = standing.get(placeOf(row))
    return !present || !isSame(present, row)
  })
  if (different.length === 0) return undefined
  const row = pickerOf(random)(different)
  const present = standing.get(placeOf(row))
  return { remove: present ? [present] : [], insert: [row] }
}

/** One value that differs in one bit, or one letter, or by a little. */
export function flipped(value: string | number | bigint | Uint8Array | null, random: Random): string | number | Uint8Array {
  if (value instanceof Uint8Array) {
    if (value.length === 0) return Uint8Array.of(1)
    const bytes = Uint8Array.from(value)
    const at = random(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
    return bytes
  }
  if (typeof value === 'number') return value + 1 + random(3)
  if (typeof value !== 'string') return 'x'
  const at = random(value.length + 1)
  const letter = value[at] === 'b' ? 'c' : 'b'
  return value.slice(0, at) + letter + value.slice(at + 1)
}
