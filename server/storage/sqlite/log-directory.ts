// Where everything of one case stands in the file, in memory: read from its rows once, then kept in step by the only process that
// writes them. It stands in for indexes, each of which would cost every commit another page on the disk.
import type { Commit } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId } from '#shared/kernel/ids.ts'

/** Numbers m of one audience, ascending, and the commit in which each was given. */
interface Places {
  readonly ms: number[]
  readonly ns: number[]
}

/** One row's part in it; `by` and `commandId` of a commit's first row alone. */
export interface DirectoryRow {
  readonly n: number
  readonly by: By | null
  readonly commandId: CommandId | null
  readonly audience: Audience
  readonly m: number
}

export class CaseDirectory {
  /** The case's number inside the file. */
  readonly k: number
  #n = 0
  #rows = 0
  readonly #commands = new Map<string, number>()
  readonly #places = new Map<Audience, Places>()

  constructor(k: number, rows: Iterable<DirectoryRow>) {
    this.k = k
    for (const row of rows) this.#note(row)
  }

  /** The last commit's number, 0 for none. */
  get n(): number {
    return this.#n
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
    return events.some(({ audience, m }) => {
      const place = `${m} ${audience}`
      if (events.length > 1 && among.size === among.add(place).size) return true
      const { ms } = this.#places.get(audience) ?? NONE
      return ms.length > 0 && m <= (ms.at(-1) ?? 0) && ms[firstAbove(ms, m - 1)] === m
    })
  }

  noteCommit({ n, by, commandId, events }: Commit): void {
    for (const [i, { audience, m }] of events.entries()) {
      this.#note({ n, by: i === 0 ? by : null, commandId: i === 0 ? commandId : null, audience, m })
    }
  }

  /** The commits in which the audience's next `limit` numbers behind `after` were given; undefined when there are none. */
  range(audience: Audience, after: number, limit: number): { readonly from: number; readonly to: number } | undefined {
    const { ms, ns } = this.#places.get(audience) ?? NONE
    const wanted = ns.slice(firstAbove(ms, after)).slice(0, Math.max(0, limit))
    if (wanted.length === 0) return undefined
    let [from, to] = [Number.POSITIVE_INFINITY, 0]
    for (const n of wanted) {
      from = Math.min(from, n)
      to = Math.max(to, n)
    }
    return { from, to }
  }

  #note({ n, by, commandId, audience, m }: DirectoryRow): void {
    this.#n = Math.max(this.#n, n)
    this.#rows++
    if (by !== null && commandId !== null) this.#commands.set(nameOf(by, commandId), n)
    const places = this.#places.get(audience) ?? { ms: [], ns: [] }
    this.#places.set(audience, places)
    const at = firstAbove(places.ms, m)
    places.ms.splice(at, 0, m)
    places.ns.splice(at, 0, n)
  }
}

const NONE: Places = { ms: [], ns: [] }

// A participant's id holds no space.
function nameOf(by: By, commandId: CommandId): string {
  return `${by} ${commandId}`
}

/** Index of the first number above `m`; numbers mostly come in order, so the end is looked at first. */
function firstAbove(ms: readonly number[], m: number): number {
  if (ms.length === 0 || (ms.at(-1) ?? 0) <= m) return ms.length
  let [low, high] = [0, ms.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ms[middle] ?? 0) > m) high = middle
    else low = middle + 1
  }
  return low
}
