// Appends to many numbered sequences at once, with inserts and unique indexes only. Each sequence's items form a run n, n+1 …
// that is inserted in order and stops at the first failure; sequences do not wait for, or fail, each other.

import { RecentlyUsed } from '#server/kernel/recently-used.ts'
import { isStorable } from '#server/storage/storable.ts'
import type { Inserted } from './errors.ts'

export interface Lane<Item, Refusal extends string, Key extends string> {
  /** Names the sequence that it belongs to. */
  readonly keyOf: (item: Item) => Key
  readonly numberOf: (item: Item) => number
  /** Throws UnstorableError. */
  readonly requireStorable: (item: Item) => void
  /** Of these places, the sequences in which the number is there already. Asked for what is not known yet only. */
  readonly reached: (places: readonly Place<Item, Key>[]) => Promise<ReadonlySet<Key>>
  /** `ordered`: stop at the first failure, the rest is `blocked`. */
  readonly insert: (items: readonly Item[], ordered: boolean) => Promise<readonly Inserted[]>
  /** Why an item whose number or other unique key is in use was refused. */
  readonly refusalOf: (item: Item) => Promise<Refusal>
}

export interface Place<Item, Key> {
  readonly key: Key
  readonly number: number
  /** What is to stand right behind it. */
  readonly next: Item
}

type Answer<Refusal> = Exclude<Inserted, 'conflict'> | Refusal

interface Positioned<Item> {
  readonly item: Item
  readonly at: number
}

/** One sequence's part of a batch: what can be inserted in order, and the item that broke the order, if any. */
interface Run<Item, Key> {
  readonly key: Key
  readonly items: Positioned<Item>[]
  /** Its number was in the batch already; it is refused if the run is stored. */
  again?: Positioned<Item>
  ended: boolean
}

interface RunAppender<Item, Refusal extends string, Key extends string> {
  append(items: readonly Item[]): Promise<readonly Answer<Refusal>[]>
  /** Tells that this number exists, so that the next append need not ask. */
  saw(key: Key, number: number): void
}

const REMEMBERED = 10_000

export function createRunAppender<Item, Refusal extends string, Key extends string>(
  lane: Lane<Item, Refusal, Key>,
): RunAppender<Item, Refusal, Key> {
  // Nothing is ever taken back from a sequence, so a number once seen stays true; forgetting one costs a question.
  const seen = new RecentlyUsed<Key, number>(REMEMBERED)

  function saw(key: Key, number: number): void {
    if (number > (seen.get(key) ?? 0)) seen.set(key, number)
  }

  async function withPredecessor(runs: readonly Run<Item, Key>[]): Promise<readonly Run<Item, Key>[]> {
    const open: Place<Item, Key>[] = []
    for (const {
      key,
      items: [first],
    } of runs) {
      if (!first) continue
      const number = lane.numberOf(first.item) - 1
      if (number > (seen.get(key) ?? 0)) open.push({ key, number, next: first.item })
    }
    if (open.length === 0) return runs
    const reached = await lane.reached(open)
    for (const { key, number } of open) if (reached.has(key)) saw(key, number)
    const missing = new Set(open.map((place) => place.key).filter((key) => !reached.has(key)))
    return runs.filter((run) => !missing.has(run.key))
  }

  async function append(items: readonly Item[]): Promise<readonly Answer<Refusal>[]> {
    const answers: Answer<Refusal>[] = items.map(() => 'blocked')
    const runs = await withPredecessor(runsOf(lane, items, answers))
    const insert = async (part: readonly Positioned<Item>[], ordered: boolean) => {
      const inserted = await lane.insert(
        part.map((one) => one.item),
        ordered,
      )
      await Promise.all(
        part.map(async (one, i) => {
          const outcome = inserted[i] ?? 'unknown'
          answers[one.at] = outcome === 'conflict' ? await lane.refusalOf(one.item) : outcome
          if (outcome === 'stored') saw(lane.keyOf(one.item), lane.numberOf(one.item))
        }),
      )
    }
    const single = runs.filter((run) => run.items.length === 1).flatMap((run) => run.items)
    const longer = runs.filter((run) => run.items.length > 1)
    await Promise.all([single.length > 0 ? insert(single, false) : undefined, ...longer.map((run) => insert(run.items, true))])
    await Promise.all(
      runs.map(async ({ items: stored, again }) => {
        if (again && stored.every((one) => answers[one.at] === 'stored')) answers[again.at] = await lane.refusalOf(again.item)
      }),
    )
    return answers
  }

  return { append, saw }
}

/** Writes `unstorable` into `answers` for what cannot be stored. */
function runsOf<Item, Refusal extends string, Key extends string>(
  lane: Lane<Item, Refusal, Key>,
  items: readonly Item[],
  answers: Answer<Refusal>[],
): readonly Run<Item, Key>[] {
  const runs = new Map<Key, Run<Item, Key>>()
  for (const [at, item] of items.entries()) {
    const key = lane.keyOf(item)
    const run = runs.get(key) ?? { key, items: [], ended: false }
    runs.set(key, run)
    if (run.ended) continue
    if (!isStorable(lane.requireStorable, item)) {
      answers[at] = 'unstorable'
      run.ended = true
      continue
    }
    const last = run.items.at(-1)
    const step = last ? lane.numberOf(item) - lane.numberOf(last.item) : 1
    if (step === 1) run.items.push({ item, at })
    else run.ended = true
    if (step < 1) run.again = { item, at }
  }
  return [...runs.values()].filter((run) => run.items.length > 0)
}
