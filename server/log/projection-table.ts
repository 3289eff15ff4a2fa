// One projection at work on this server: which cases wait to be projected, and how far those have come that were.
import type { LogStore, ProjectionStore, RecordStore } from '#server/storage/ports.ts'
import type { AudienceKind } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { serialQueue } from '#shared/kernel/serial-queue.ts'
import type { CaseLog } from './case-log.ts'
import { changedDocuments, projectedCase } from './projected-case.ts'
import { type Projection, tableOf } from './projection.ts'

interface Deps {
  readonly store: ProjectionStore
  readonly records: Pick<RecordStore, 'get'>
  readonly log: Pick<CaseLog, 'state' | 'refresh'>
  readonly stored: Pick<LogStore, 'headOf'>
  readonly onTrouble: (cause: unknown) => void
}

/** Commits of a case that were told of here, one after the other. */
interface Stretch {
  readonly from: number
  readonly to: number
}

const PAGE = 1_000
/** Cases that are asked for, or wait, at once while a start catches up. */
const AT_ONCE = 50

export class ProjectionTable {
  readonly projection: Projection
  readonly name: string
  readonly #deps: Deps
  /** An id for each case at work: what they hold is read when it is their turn. */
  readonly #waiting = new Set<CaseId>()
  readonly #failed = new Set<CaseId>()
  readonly #come = new Map<CaseId, Stretch>()
  #underWay: CaseId | undefined
  readonly #turn = serialQueue()
  #stopped = false

  constructor(projection: Projection, deps: Deps) {
    this.projection = projection
    this.name = tableOf(projection)
    this.#deps = deps
  }

  noted(caseId: CaseId, kinds: ReadonlySet<AudienceKind>, { from, to }: Stretch): void {
    const known = this.#come.get(caseId)
    this.#come.set(caseId, { from: known?.from ?? from, to })
    // What lies between was told of to nobody here: another server's, read while the case was not in memory.
    const isGap = known !== undefined && known.to !== from
    if (isGap || this.projection.reads.some((kind) => kinds.has(kind))) this.enqueue(caseId)
  }

  enqueue(caseId: CaseId): void {
    if (this.#waiting.has(caseId)) return
    this.#waiting.add(caseId)
    this.projectNow(caseId).then(
      () => this.#failed.delete(caseId),
      (cause: unknown) => {
        if (!this.#failed.has(caseId)) this.#deps.onTrouble(cause)
        this.#failed.add(caseId) // tried again with the next `save`
      },
    )
  }

  /** Once all that wait before have had their turn. */
  projectNow(caseId: CaseId): Promise<void> {
    return this.#turn(() => this.#project(caseId))
  }

  /** All that was enqueued until now has had its turn. */
  settled(): Promise<void> {
    return this.#turn(() => undefined)
  }

  async #project(caseId: CaseId): Promise<void> {
    this.#waiting.delete(caseId)
    this.#underWay = caseId
    try {
      await this.#compare(caseId)
    } finally {
      this.#underWay = undefined
    }
  }

  async #compare(caseId: CaseId): Promise<void> {
    const { store, log, records } = this.#deps
    const state = await log.state(caseId)
    const documents = await projectedCase(this.projection, caseId, { state, records })
    if (!documents) {
      this.#come.delete(caseId) // stays behind: what was noted since counts for nothing
      return
    }
    const changed = changedDocuments(documents, await store.ofCase(this.name, caseId), state.commitNumber)
    if (changed.length > 0) {
      await store.put(this.name, changed)
      await this.#lookAgain(caseId, state.commitNumber)
    }
    this.#come.set(caseId, { from: 0, to: Math.max(state.commitNumber, this.#come.get(caseId)?.to ?? 0) })
  }

  /**
   * Another server may have gone on meanwhile, and have found nothing to change in what stood before this writing, since the case had come
   * back to it: then it is this writing that is wrong now.
   */
  async #lookAgain(caseId: CaseId, written: number): Promise<void> {
    if ((await this.#deps.stored.headOf(caseId)) <= written) return
    await this.#deps.log.refresh(caseId)
    this.enqueue(caseId)
  }

  /** Positions are written now and then: whoever is killed before compares a case once more at the start. */
  async save(): Promise<void> {
    for (const caseId of this.#failed) this.enqueue(caseId)
    const isAtRest = (caseId: CaseId) => caseId !== this.#underWay && !this.#waiting.has(caseId) && !this.#failed.has(caseId)
    const settled = [...this.#come].filter(([caseId]) => isAtRest(caseId))
    const progress = settled.map(([caseId, { from, to }]) => ({ caseId, from, commitNumber: to }))
    const answers = progress.length > 0 ? await this.#deps.store.raise(this.name, progress) : []
    for (const [at, { caseId, commitNumber }] of progress.entries()) {
      const now = this.#come.get(caseId)
      if (answers[at] === false) this.enqueue(caseId)
      else if (now?.to === commitNumber) this.#come.delete(caseId)
      else if (now) this.#come.set(caseId, { ...now, from: commitNumber })
    }
  }

  async catchUp(caseIds: readonly CaseId[]): Promise<void> {
    const positions = await this.#positions()
    for (let at = 0; at < caseIds.length && !this.#stopped; at += AT_ONCE) {
      const some = caseIds.slice(at, at + AT_ONCE)
      const heads = await Promise.all(some.map((caseId) => this.#deps.stored.headOf(caseId)))
      const isAhead = some.some((caseId, i) => (positions.get(caseId) ?? 0) > (heads[i] ?? 0))
      if (isAhead) return this.#beginAnew(caseIds)
      const behind = some.filter((caseId, i) => positions.get(caseId) !== heads[i])
      for (const caseId of behind) this.enqueue(caseId)
      if (behind.length > 0) await this.settled()
    }
    await this.save()
  }

  /** Made of a log that is not this one: of data that was put back. */
  async #beginAnew(caseIds: readonly CaseId[]): Promise<void> {
    await this.#deps.store.drop(this.name)
    await this.catchUp(caseIds)
  }

  async #positions(): Promise<ReadonlyMap<CaseId, number>> {
    const positions = new Map<CaseId, number>()
    for (let after = ''; ; ) {
      const page = await this.#deps.store.positions(this.name, after, PAGE)
      for (const { caseId, commitNumber } of page) positions.set(caseId, commitNumber)
      const last = page.at(-1)
      if (!last || page.length < PAGE) return positions
      after = last.caseId
    }
  }

  /** Ends catching up; what waits already has its turn. */
  stop(): void {
    this.#stopped = true
  }
}
