// Tables that no projection here is written into: of an earlier release, or of one that runs beside this. Where nobody else can be at work they
// go at once. Otherwise a table that a start finds unused is marked, whoever uses it takes the mark away, and a start a day later drops it: so
// releases can follow each other on several servers, there and back, and neither takes the other's lists away.
import type { ProjectionStore, RecordStore } from '#server/storage/ports.ts'
import type { Clock } from '#shared/kernel/clock.ts'

const MARKS = 'projection-tables'
const UNUSED_MS = 24 * 60 * 60_000

interface Mark {
  readonly unusedSince: number
}

interface OtherTablesDeps {
  readonly store: Pick<ProjectionStore, 'tables' | 'drop'>
  readonly records: Pick<RecordStore, 'get' | 'insert' | 'remove'>
  readonly clock: Clock
  /** No other server can be running on this storage. */
  readonly isAlone: boolean
}

/** At a start. */
export async function dropOtherTables(used: ReadonlySet<string>, { store, records, clock, isAlone }: OtherTablesDeps): Promise<void> {
  for (const table of await store.tables()) {
    if (used.has(table)) continue
    const mark = await records.get<Mark>(MARKS, table)
    if (isAlone || (mark && clock.now() - mark.value.unusedSince >= UNUSED_MS)) {
      await store.drop(table)
      await records.remove(MARKS, table)
    } else if (!mark) await records.insert(MARKS, table, { unusedSince: clock.now() })
  }
}

/** Again and again while a server runs. */
export async function keepTables(used: ReadonlySet<string>, { records }: Pick<OtherTablesDeps, 'records'>): Promise<void> {
  for (const table of used) if (await records.get(MARKS, table)) await records.remove(MARKS, table)
}
