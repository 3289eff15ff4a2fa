// Where everything of one case stands in the file, in memory: read from its rows once, then kept in step by the only process that
// writes them. It stands in for indexes, each of which would cost every commit another page on the disk.
import type { Commit } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId } from '#shared/kernel/ids.ts'

/** Sequence numbers of one audience, ascending, and the commit in which each was given. */
interface Places {
  readonly seqs: number[]
  readonly commitNumbers: number[]
}

/** One row's part in it; `by` and `commandId` of a commit's first row alone. */
export interface DirectoryRow {
  readonly commitNumber: number
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
      this.note({ commitNumber, by: i === 0 ? by : null, commandId: i === 0 ? commandId : null, audience, seq })
    }
  }

  /** The commits in which the audience's next `limit` numbers behind `after` were given; undefined when there are none. */
  range(audience: Audience, after: number, limit: number): { readonly from: number; readonly to: number } | undefined {
    const { seqs, commitNumbers } = this.#places.get(audience) ?? NONE
    const first = firstAbove(seqs, after)
    const wanted = commitNumbers.slice(first, first + Math.max(0, limit))
    if (wanted.length === 0) return undefined
    let [from, to] = [Number.POSITIVE_INFINITY, 0]
    for (const commitNumber of wanted) {
      from = Math.min(from, commitNumber)
      to = Math.max(to, commitNumber)
    }
    return { from, to }
  }

  /** The commit in which this number was given. */
  commitOf(audience: Audience, seq: number): number | undefined {
    const { seqs, commitNumbers } = this.#places.get(audience) ?? NONE
    const at = firstAbove(seqs, seq - 1)
    return seqs[at] === seq ? commitNumbers[at] : undefined
  }

  note({ commitNumber, by, commandId, audience, seq }: DirectoryRow): void {
    this.#commitNumber = Math.max(this.#commitNumber, commitNumber)
    this.#rows++
    if (by !== null && commandId !== null) this.#commands.set(nameOf(by, commandId), commitNumber)
    const places = this.#places.get(audience) ?? { seqs: [], commitNumbers: [] }
    this.#places.set(audience, places)
    const at = firstAbove(places.seqs, seq)
    places.seqs.splice(at, 0, seq)
    places.commitNumbers.splice(at, 0, commitNumber)
  }
}

const NONE: Places = { seqs: [], commitNumbers: [] }

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
