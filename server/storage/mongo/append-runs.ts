// Appends to many numbered sequences at once, with inserts and unique indexes only. Each case's items form a run n, n+1 …
// that is inserted in order and stops at the first failure; cases do not wait for, or fail, each other.

import { UnstorableError } from '#server/storage/storable.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { Inserted } from './errors.ts'

export interface Lane<Item, Refusal extends string> {
  readonly caseOf: (item: Item) => CaseId
  readonly numberOf: (item: Item) => number
  /** Throws UnstorableError. */
  readonly requireStorable: (item: Item) => void
  /** Of these places, the cases in which the number is there already. Asked for what is not known yet only. */
  readonly reached: (places: readonly Place[]) => Promise<ReadonlySet<CaseId>>
  /** `ordered`: stop at the first failure, the rest is `blocked`. */
  readonly insert: (items: readonly Item[], ordered: boolean) => Promise<readonly Inserted[]>
  /** Why an item whose number or other unique key is in use was refused. */
  readonly refusalOf: (item: Item) => Promise<Refusal>
}

export interface Place {
  readonly caseId: CaseId
  readonly number: number
}

type Answer<Refusal> = Exclude<Inserted, 'conflict'> | Refusal

interface Positioned<Item> {
  readonly item: Item
  readonly at: number
}

/** One case's part of a batch: what can be inserted in order, and the item that broke the order, if any. */
interface Run<Item> {
  readonly caseId: CaseId
  readonly items: Positioned<Item>[]
  /** Its number was in the batch already; it is refused if the run is stored. */
  again?: Positioned<Item>
  ended: boolean
}

export interface RunAppender<Item, Refusal extends string> {
  append(items: readonly Item[]): Promise<readonly Answer<Refusal>[]>
  /** Tells that this number exists, so that the next append need not ask. */
  saw(caseId: CaseId, number: number): void
}

const REMEMBERED_CASES = 10_000

export function createRunAppender<Item, Refusal extends string>(lane: Lane<Item, Refusal>): RunAppender<Item, Refusal> {
  // Nothing is ever taken back from a sequence, so a number once seen stays true; forgetting one costs a question.
  const seen = new Map<CaseId, number>()

  function saw(caseId: CaseId, number: number): void {
    if (number <= (seen.get(caseId) ?? 0)) return
    seen.delete(caseId)
    seen.set(caseId, number)
    if (seen.size > REMEMBERED_CASES) for (const oldest of [...seen.keys()].slice(0, REMEMBERED_CASES / 10)) seen.delete(oldest)
  }

  async function withPredecessor(runs: readonly Run<Item>[]): Promise<readonly Run<Item>[]> {
    const open: Place[] = []
    for (const { caseId, items } of runs) {
      const number = (items[0] ? lane.numberOf(items[0].item) : 1) - 1
      if (number > (seen.get(caseId) ?? 0)) open.push({ caseId, number })
    }
    if (open.length === 0) return runs
    const reached = await lane.reached(open)
    for (const { caseId, number } of open) if (reached.has(caseId)) saw(caseId, number)
    const missing = new Set(open.map((place) => place.caseId).filter((caseId) => !reached.has(caseId)))
    return runs.filter((run) => !missing.has(run.caseId))
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
          if (outcome === 'stored') saw(lane.caseOf(one.item), lane.numberOf(one.item))
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
function runsOf<Item, Refusal extends string>(
  lane: Lane<Item, Refusal>,
  items: readonly Item[],
  answers: Answer<Refusal>[],
): readonly Run<Item>[] {
  const runs = new Map<CaseId, Run<Item>>()
  for (const [at, item] of items.entries()) {
    const caseId = lane.caseOf(item)
    const run = runs.get(caseId) ?? { caseId, items: [], ended: false }
    runs.set(caseId, run)
    if (run.ended) continue
    try {
      lane.requireStorable(item)
    } catch (error) {
      if (!(error instanceof UnstorableError)) throw error
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
