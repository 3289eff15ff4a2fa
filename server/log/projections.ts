// Keeps projections up to date: told of each commit, written in the background one case after the other, so that no acknowledgement waits for
// it. A case is projected from its whole state and compared with what stands: after a kill, a failure or another server's work it is the same way.
import { demandAll } from '#server/kernel/demand-all.ts'
import type { LogStore, ProjectionStore, RecordStore } from '#server/storage/ports.ts'
import { audienceKind } from '#shared/kernel/audience.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { CaseLog } from './case-log.ts'
import type { BodyStore } from './forgetting.ts'
import { dropOtherTables, keepTables } from './other-tables.ts'
import { lookupKey } from './projected-case.ts'
import type { Projection } from './projection.ts'
import { ProjectionTable } from './projection-table.ts'
import type { Subscriber } from './subscribers.ts'

interface PageQuery<Lookups extends string> {
  readonly lookup: Lookups
  /** Values of the lookup's fields, in their order. */
  readonly equals: readonly (string | boolean)[]
  readonly direction: 'ascending' | 'descending'
  /** As the page before said. */
  readonly after?: string
  readonly limit: number
}

interface ProjectionPage<Value extends object> {
  readonly values: readonly Value[]
  /** Where the next page begins; undefined for the last. */
  readonly more: string | undefined
}

/** What a capability has of them. */
export interface ProjectionAccess {
  /** With all in it that was committed here before. While a start is still catching up it is waited for a moment, not for minutes. */
  page<Value extends object, Lookups extends string>(
    projection: Projection<Value, Lookups>,
    query: PageQuery<Lookups>,
  ): Promise<ProjectionPage<Value> | 'being-made'>
  /** For a case of which more can be said now than before, without a commit. */
  renew(caseId: CaseId): void
}

export interface Projections extends ProjectionAccess, BodyStore {
  readonly subscriber: Subscriber
  /** At a start, and where other servers may have been killed: projects the cases that are behind, and those alone. */
  catchUp(): Promise<void>
  /** Writes down how far each case has come; to be called again and again. */
  save(): Promise<void>
  close(): Promise<void>
}

interface ProjectionsDeps {
  readonly projections: readonly Projection[]
  /** Encrypted at rest. */
  readonly store: ProjectionStore
  readonly records: Pick<RecordStore, 'get' | 'insert' | 'remove'>
  readonly log: Pick<CaseLog, 'state' | 'refresh'>
  readonly stored: Pick<LogStore, 'caseIds' | 'headOf'>
  readonly clock: Clock
  readonly timers: Timers
  /** No other server can be running on this storage. */
  readonly isAlone: boolean
  readonly onTrouble: (cause: unknown) => void
}

/** How long a page waits for a start that is catching up: after most starts that is over before anybody asks. */
export const PATIENCE_MS = 2_000

export function makeProjections(deps: ProjectionsDeps): Projections {
  const { projections, store, stored, timers } = deps
  const tables = projections.map((projection) => new ProjectionTable(projection, deps))
  let attempt: Promise<void> | undefined
  let hasFailed = false
  /** Once it was level with the log nobody waits for it any more: later it only looks for what other servers were killed over. */
  let isLevel = false

  const used = new Set(tables.map(({ name }) => name))

  async function catchUpAll(): Promise<void> {
    await keepTables(used, deps)
    if (!isLevel) await dropOtherTables(used, deps)
    const caseIds = await stored.caseIds()
    for (const table of tables) await table.catchUp(caseIds)
    isLevel = true
  }

  function catchUp(): Promise<void> {
    hasFailed = false
    const mine = catchUpAll()
    attempt = mine
    // Whoever asked hears of it, and whoever reads meanwhile; the next `save` tries again.
    mine.catch(() => {
      hasFailed = true
    })
    return mine
  }

  /** Whether the start has caught up, or does so in a moment; rejects when it failed. */
  async function isSoonLevel(): Promise<boolean> {
    let cancel: () => void = () => undefined
    const moment = new Promise<void>((resolve) => {
      cancel = timers.after(PATIENCE_MS, resolve)
    })
    await Promise.race([attempt, moment]).finally(cancel)
    return isLevel || !attempt
  }

  return {
    subscriber: {
      name: 'projections',
      committed({ caseId, events, before, after }) {
        const kinds = new Set(events.map(({ audience }) => audienceKind(audience)))
        for (const table of tables) table.noted(caseId, kinds, { from: before.commitNumber, to: after.commitNumber })
      },
    },
    async page(projection, { lookup, equals, direction, after, limit }) {
      const table = tables.find((each) => each.projection === (projection as Projection)) // one of those that were declared
      if (!table) throw new Error(`${projection.name} was not declared`)
      if (!isLevel && !(await isSoonLevel())) return 'being-made'
      await table.settled()
      const names = projection.lookups[lookup].equals
      const key = lookupKey(names, Object.fromEntries(names.map((name, at) => [name, equals[at]])))
      const start = after === undefined ? undefined : placeIn(after)
      const found = await store.find<never>(table.name, { lookup, key, direction, limit: limit + 1, ...(start && { after: start }) })
      const page = found.slice(0, limit)
      const last = found.length > limit ? page.at(-1) : undefined
      return { values: page.flatMap(({ value }) => value ?? []), more: last && `${last.lookups[lookup]?.order}.${last.id}` }
    },
    renew(caseId) {
      for (const table of tables) table.enqueue(caseId)
    },
    async forget(places) {
      const asked = tables.flatMap((table) => {
        const cases = places.filter(({ audience }) => table.projection.reads.includes(audienceKind(audience))).map(({ caseId }) => caseId)
        return [...new Set(cases)].map((caseId) => table.projectNow(caseId))
      })
      demandAll(await Promise.allSettled(asked)) // a case that fails keeps no other's words standing
    },
    catchUp,
    async save() {
      if (hasFailed) await catchUp()
      for (const table of tables) await table.save()
    },
    async close() {
      for (const table of tables) table.stop()
      await attempt?.catch(() => undefined) // told when it failed
      for (const table of tables) {
        await table.settled()
        await table.save()
      }
    },
  }
}

/** A cursor comes back from a device: it only says where to read on, in the same list. */
function placeIn(cursor: string): { readonly order: number; readonly id: string } {
  const dot = cursor.indexOf('.')
  const order = Number(cursor.slice(0, dot))
  if (dot < 1 || !Number.isSafeInteger(order)) throw new AppError({ kind: 'invalid', field: 'after' })
  return { order, id: cursor.slice(dot + 1) }
}
