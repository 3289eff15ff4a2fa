// How cost grows: a figure by sizes, and a ratio that says whether it grows faster than the work does.
import type { Table } from './table.ts'

export interface GrowthFigure {
  readonly name: string
  /** Of the sizes, in their order. */
  readonly values: readonly number[]
  /** `with`: so much for each one more is fair. `not`: whoever has ten times as much is served as fast. */
  readonly grows: 'with' | 'not'
  readonly digits?: number
}

/** A tenth is noise of runs; growth with the square of the size would be ten. */
const BOUND = { with: 1.2, not: 1.5 } as const

export function tellGrowth(
  { what, sizes, figures }: { readonly what: string; readonly sizes: readonly number[]; readonly figures: readonly GrowthFigure[] },
  table: Table,
): void {
  const [small = 1] = sizes
  const [middle = small, large = small] = sizes.slice(-2)
  table.head(what, ...sizes.map((size) => size.toLocaleString('en')), 'for 1,000 more', 'growth')
  for (const { name, values, grows, digits = 1 } of figures) {
    const each = grows === 'with' ? (((values.at(-1) ?? Number.NaN) / large) * 1000).toPrecision(3) : ''
    const ratio = growthOf({ values, grows }, { small, middle, large })
    table.row(name, ...values.map((value) => value.toFixed(digits)), each, ratio.toFixed(2))
  }
  for (const { name, values, grows } of figures) {
    const ratio = growthOf({ values, grows }, { small, middle, large })
    const against = grows === 'with' ? `${what}, for each at ${large} against ${middle}` : `${what}, ${large} against ${small}`
    table.goal(`${against}: ${name}`, ratio, '<=', BOUND[grows])
  }
}

function growthOf(
  { values, grows }: Pick<GrowthFigure, 'values' | 'grows'>,
  sizes: { small: number; middle: number; large: number },
): number {
  const [first = Number.NaN] = values
  const [before = first, last = first] = values.slice(-2)
  // The smallest size is mostly what a thing costs at all; from the middle on the size itself is seen.
  return grows === 'with' ? last / sizes.large / (before / sizes.middle) : last / first
}
