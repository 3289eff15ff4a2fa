// Counts, in the draft worker alone, the steps that Yjs takes while it finds the places of new items (the YATA order: between left and right
// neighbour, past what others put there), and stops before they become too many: what is counted here every device has to do.
import * as Y from 'yjs'

export class TooManySteps extends Error {
  override readonly name = 'TooManySteps'
}

export interface Counted<T> {
  readonly result: T
  readonly steps: number
}

/** Throws TooManySteps. `work` runs at once and must be synchronous. */
export function countSteps<T>(limit: number, work: () => T): Counted<T> {
  const { prototype } = Y.Item
  const { integrate } = prototype
  let steps = 0
  prototype.integrate = function counted(this: Y.Item, transaction: Y.Transaction, offset: number): void {
    steps += conflictsOf(this, transaction, limit - steps)
    integrate.call(this, transaction, offset)
  }
  try {
    const result = work()
    return { result, steps }
  } finally {
    prototype.integrate = integrate
  }
}

/** The items that integrating this one looks at. */
function conflictsOf(item: Y.Item, { doc: { store } }: Y.Transaction, left: number): number {
  if (!item.parent || firstOf(item) === item.right) return 0
  const before = new Set<Y.Item>()
  const conflicting = new Set<Y.Item>()
  for (let other = firstOf(item); other !== null && other !== item.right; other = other.right) {
    if (before.size >= left) throw new TooManySteps()
    before.add(other)
    conflicting.add(other)
    const origin = other.origin === null ? undefined : Y.getItem(store, other.origin)
    if (sameId(item.origin, other.origin)) {
      if (other.id.client < item.id.client) conflicting.clear()
      else if (sameId(item.rightOrigin, other.rightOrigin)) break
    } else if (origin && before.has(origin)) {
      if (!conflicting.has(origin)) conflicting.clear()
    } else break
  }
  return before.size
}

function firstOf(item: Y.Item): Y.Item | null {
  if (item.left) return item.left.right
  const parent = item.parent as Y.AbstractType<unknown> // a name or an id only before the item was resolved
  if (item.parentSub === null) return parent._start
  let first = parent._map.get(item.parentSub) ?? null
  while (first?.left) first = first.left
  return first
}

function sameId(a: Y.ID | null, b: Y.ID | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
}
