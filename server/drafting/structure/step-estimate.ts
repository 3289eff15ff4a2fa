// How many steps Yjs can take, at most, to find the places of the new structs of one edit. It looks at every struct that came to stand
// between the two neighbours its author saw; for ordinary typing and pasting there is none, and that is known without knowing the order
// of anything. Where it is not known, the whole list counts.
import { type Struct, type StructId, scanUpdate } from '../update-scan.ts'
import type { Place } from './author-map.ts'
import { nodeOfPlace } from './node-table.ts'

/** What opening a draft may take: some fifty milliseconds here, a quarter of a second on a cheap telephone. */
export const MAX_STEPS_TO_OPEN = 400_000
/** Pieces that the text is in, deleted ones too: every device holds and walks each of them. Ten times those of a long paper written here. */
export const MAX_PIECES = 100_000
/** Cutting a text moves all pieces behind the cut: a quarter of a second here. */
export const MAX_MOVES = 50_000_000
/** As much as is believed without trying. */
export const MAX_STEPS_UNTRIED = 100_000

interface Edit {
  readonly client: number
  /** The edit's first clock. */
  readonly from: number
  readonly itemsOf: (node: number) => number
  /** Whether the node came with this edit: nobody else has put anything into it. */
  readonly isNew: (node: number) => boolean
}

export class StepEstimate {
  total = 0
  readonly #edit: Edit
  /** Last clocks of the edit's structs: the next clock of any other is its neighbour. */
  readonly #ends = new Set<number>()
  /** By left neighbour: what this edit put beside it last. */
  readonly #beside = new Map<number | string, { readonly clock: number; readonly steps: number; readonly inPlace: number }>()
  /** How many structs this edit has put into each place. */
  readonly #inPlace = new Map<Place, number>()

  constructor(edit: Edit) {
    this.#edit = edit
  }

  add(struct: Struct, place: Place): void {
    const left = struct.left ? (this.#isOwn(struct.left) ? struct.left.clock : `${struct.left.client} ${struct.left.clock}`) : `@${place}`
    const steps = this.#stepsOf(struct, place, left)
    this.total += steps
    const inPlace = (this.#inPlace.get(place) ?? 0) + 1
    this.#inPlace.set(place, inPlace)
    this.#beside.set(left, { clock: struct.clock, steps, inPlace })
    this.#ends.add(struct.clock + struct.length - 1)
  }

  #stepsOf({ left, right }: Struct, place: Place, key: number | string): number {
    const node = nodeOfPlace(place)
    const before = this.#beside.get(key)
    // Right between the left neighbour and what was put there last: as many as that one had to look at, and what came since.
    if (before && right && this.#isOwn(right) && right.clock === before.clock)
      return before.steps + 3 * ((this.#inPlace.get(place) ?? 0) - before.inPlace)
    if (before) return this.#edit.itemsOf(node)
    if (left && this.#isOwn(left)) {
      const inside = !this.#ends.has(left.clock)
      const nextIsRight = right?.client === left.client && right.clock === left.clock + 1
      return inside && !nextIsRight ? this.#edit.itemsOf(node) : 1
    }
    // On from where this author's last edit ended. Whoever else put something there has been counted for it.
    if (left?.client === this.#edit.client && left.clock === this.#edit.from - 1) return 1
    return !left && this.#edit.isNew(node) ? 1 : this.#edit.itemsOf(node)
  }

  #isOwn({ client, clock }: StructId): boolean {
    return client === this.#edit.client && clock >= this.#edit.from
  }
}

/** Of an edit of which nothing is known but itself: as if all of it stood in one list. */
export function stepsAlone(update: Uint8Array): number {
  const scan = scanUpdate(update)
  if (!scan?.run) return 0
  let items = 0
  const steps = new StepEstimate({ client: scan.run.client, from: scan.run.from, itemsOf: () => items, isNew: () => false })
  for (const struct of scan.structs) {
    steps.add(struct, 0)
    items++
  }
  return steps.total
}
