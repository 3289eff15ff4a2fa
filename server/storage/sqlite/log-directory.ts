// Where everything of one case stands in the file, in memory: read from its rows once, then kept in step by the only process that
// writes them. It stands in for indexes, each of which would cost every commit another page on the disk.
import type { Commit } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId } from '#shared/kernel/ids.ts'

/** Sequence numbers of one audience, ascending, and where the row of each lies: its commit, and which of that commit's rows it is. */
interface Places {
  readonly seqs: number[]
  readonly commitNumbers: number[]
  readonly indexes: number[]
}

/** Where the row of an event lies. */
export interface RowPlace {
  readonly seq: number
  readonly commitNumber: number
  readonly i: number
}

/** One row's part in it; `by` and `commandId` of a commit's first row alone. */
export interface DirectoryRow {
  readonly commitNumber: number
  readonly i: number
  readonly by: By | null
  readonly commandId: CommandId | null
  readonly audience: Audience
  readonly seq: number
}

export class CaseDirectory {
  /** The case's number inside the file. */
  readonly k: number
  #commitNumber = 0
  #rows = 0
  readonly #commands = new Map<string, number>()
  readonly #places = new Map<Audience, Places>()

  constructor(k: number) {
    this.k = k
  }

  /** The last commit's number, 0 for none. */
  get commitNumber(): number {
    return this.#commitNumber
  }
  /** How many events are noted; what it costs in memory grows with it. */
  get rows(): number {
    return this.#rows
  }

  commandAt(by: By, commandId: CommandId): number | undefined {
    return this.#commands.get(nameOf(by, commandId))
  }

  /** Whether a number of these events was given already, before or among them. */
  hasPlaceOf(events: Commit['events']): boolean {
    const among = new Set<string>()
    return events.some(({ audience, seq }) => {
      const place = `${seq} ${audience}`
      if (events.length > 1 && among.size === among.add(place).size) return true
      const { seqs } = this.#places.get(audience) ?? NONE
      return seqs.length > 0 && seq <= (seqs.at(-1) ?? 0) && seqs[firstAbove(seqs, seq - 1)] === seq
    })
  }

  noteCommit({ commitNumber, by, commandId, events }: Commit): void {
    for (const [i, { audience, seq }] of events.entries()) {
      this.note({ commitNumber, i, by: i === 0 ? by : null, commandId: i === 0 ? commandId : null, audience, seq })
    }
  }

  /** Where the audience's next `limit` events behind `after` lie. */
  placesBehind(audience: Audience, after: number, limit: number): readonly RowPlace[] {
    const places = this.#places.get(audience) ?? NONE
    const first = firstAbove(places.seqs, after)
    return places.seqs.slice(first, first + Math.max(0, limit)).map((seq, at) => ({ seq, ...rowAt(places, first + at) }))
  }

  /** Where the event of this number lies. */
  placeOf(audience: Audience, seq: number): RowPlace | undefined {
    const places = this.#places.get(audience) ?? NONE
    const at = firstAbove(places.seqs, seq - 1)
    return places.seqs[at] === seq ? { seq, ...rowAt(places, at) } : undefined
  }

  note({ commitNumber, i, by, commandId, audience, seq }: DirectoryRow): void {
    this.#commitNumber = Math.max(this.#commitNumber, commitNumber)
    this.#rows++
    if (by !== null && commandId !== null) this.#commands.set(nameOf(by, commandId), commitNumber)
    const places = this.#places.get(audience) ?? { seqs: [], commitNumbers: [], indexes: [] }
    this.#places.set(audience, places)
    const at = firstAbove(places.seqs, seq)
    places.seqs.splice(at, 0, seq)
    places.commitNumbers.splice(at, 0, commitNumber)
    places.indexes.splice(at, 0, i)
  }
}

const NONE: Places = { seqs: [], commitNumbers: [], indexes: [] }

function rowAt({ commitNumbers, indexes }: Places, at: number): Omit<RowPlace, 'seq'> {
  return { commitNumber: commitNumbers[at] ?? 0, i: indexes[at] ?? 0 }
}

// A participant's id holds no space.
function nameOf(by: By, commandId: CommandId): string {
  return `${by} ${commandId}`
}

/** Index of the first number above `seq`; numbers mostly come in order, so the end is looked at first. */
function firstAbove(seqs: readonly number[], seq: number): number {
  if (seqs.length === 0 || (seqs.at(-1) ?? 0) <= seq) return seqs.length
  let [low, high] = [0, seqs.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((seqs[middle] ?? 0) > seq) high = middle
    else low = middle + 1
  }
  return low
}
