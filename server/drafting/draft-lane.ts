// One draft on one server: takes entries in, stores them in one dense sequence, durable before anybody is told, and hands them on.
// It never opens the text: who may write, and whether an edit fits, is judged by its outline alone.
import type { DraftAppendAnswer, DraftEntry, DraftStore } from '#server/storage/ports.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type DraftSealer, decodeSnapshot, decodeStateVector, entryContext, type PlainEntry, snapshotContext } from './draft-entries.ts'
import { DraftHead } from './draft-head.ts'
import type { WaitingEntry } from './draft-queue.ts'

export interface LaneEntry extends PlainEntry {
  /** The connection that it came by; undefined when it came from another server. */
  readonly origin: object | undefined
}

export interface LaneDeps {
  readonly store: DraftStore
  readonly sealer: DraftSealer
  readonly clock: Clock
  /** Makes the first entry of a draft that has none: the skeleton. */
  readonly firstUpdate: () => Promise<Uint8Array>
  /** Stored entries in their order, before their authors are answered. */
  readonly onStored: (entries: readonly LaneEntry[]) => void
  /** Others have left this server so far behind that only joining anew helps. */
  readonly onGap: () => void
}

const MAX_BATCH = 256
const PAGE = 500
const MAX_ATTEMPTS = 30

export class DraftLane {
  readonly caseId: CaseId
  readonly #deps: LaneDeps
  #head: DraftHead | undefined
  #snapshot: { readonly u: number; readonly bytes: number } = { u: 0, bytes: 0 }
  #tail: LaneEntry[] = []
  #tailBytes = 0
  #queue: WaitingEntry[] = []
  #flushing = false
  #loading: Promise<DraftHead> | undefined
  /** The batch that the store is writing, by number: recognised when it is read back. */
  readonly #given = new Map<number, { readonly sealed: Uint8Array; readonly waiting: WaitingEntry }>()

  constructor(caseId: CaseId, deps: LaneDeps) {
    this.caseId = caseId
    this.#deps = deps
  }

  /** The head as known here; loads the draft, and starts it when it is new. */
  async head(): Promise<DraftHead> {
    if (this.#head) return this.#head
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  get loadedHead(): DraftHead | undefined {
    return this.#head
  }
  get snapshotU(): number {
    return this.#snapshot.u
  }
  /** Entries after the snapshot, ascending and without a hole. */
  get tail(): readonly LaneEntry[] {
    return this.#tail
  }
  get tailBytes(): number {
    return this.#tailBytes
  }
  get bytes(): number {
    return this.#snapshot.bytes + this.#tailBytes
  }
  get busy(): boolean {
    return this.#flushing || this.#queue.length > 0
  }

  /** Resolves with the number under which it rests, or of what makes it needless. Rejects with an AppError. */
  submit(entry: Omit<WaitingEntry, 'resolve' | 'reject' | 'attempts'>): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...entry, resolve, reject, attempts: 0 })
      if (!this.#flushing) void this.#flush()
    })
  }

  /** Reads on what other servers have stored. */
  async refresh(): Promise<DraftHead> {
    const head = await this.head()
    for (;;) {
      const read = await this.#deps.store.read(this.caseId, head.u, PAGE)
      if (this.#head !== head) return this.head()
      const news = read.filter((entry) => entry.u > head.u)
      if (news.length === 0) return head
      if (news[0]?.u !== head.u + 1) return this.#startOver()
      this.#take(head, news)
    }
  }

  /** After a newer snapshot rests: what it covers is forgotten here. */
  compacted(u: number, bytes: number): void {
    if (u <= this.#snapshot.u) return
    this.#snapshot = { u, bytes }
    this.#tail = this.#tail.filter((entry) => entry.u > u)
    this.#tailBytes = this.#tail.reduce((sum, entry) => sum + entry.plain.length, 0)
  }

  async #flush(): Promise<void> {
    this.#flushing = true
    try {
      while (this.#queue.length > 0) {
        const head = await this.head()
        await this.#storeBatch(head)
      }
    } catch (cause) {
      for (const waiting of this.#queue.splice(0)) waiting.reject(notSaved(cause))
    } finally {
      this.#flushing = false
    }
  }

  async #storeBatch(head: DraftHead): Promise<void> {
    const batch = this.#judged(head)
    if (batch.length === 0) return
    const at = this.#deps.clock.now()
    const entries: DraftEntry[] = []
    for (const waiting of batch) {
      const { kind, by, plain } = waiting
      const u = head.u + 1 + entries.length
      const sealed = this.#deps.sealer.seal(entryContext(this.caseId, { u, kind, by }), plain)
      entries.push({ caseId: this.caseId, u, kind, by, at, sealed })
      this.#given.set(u, { sealed, waiting })
    }
    const answers = await this.#append(entries)
    const failed = answers.findIndex((answer) => answer !== 'stored')
    const stored = failed < 0 ? entries : entries.slice(0, failed)
    if (this.#head === head) this.#take(head, stored)
    if (this.#given.size === 0) return
    if (this.#head === head && answers[failed] === 'unavailable') {
      for (const { waiting } of this.#given.values()) waiting.reject(notSaved())
      this.#given.clear()
      return
    }
    await this.#readBack()
  }

  /** Taken by another server, or the store could not say: read what rests there, then try again what does not. */
  async #readBack(): Promise<void> {
    let failure: AppError | undefined
    try {
      await this.refresh()
    } catch (cause) {
      failure = notSaved(cause)
    }
    const again: WaitingEntry[] = []
    for (const { waiting } of this.#given.values()) {
      waiting.attempts++
      if (failure || waiting.attempts > MAX_ATTEMPTS) waiting.reject(failure ?? notSaved())
      else again.push(waiting)
    }
    this.#given.clear()
    this.#queue.unshift(...again)
  }

  /** Takes the next entries from the queue that are to be stored, each judged after those before it; answers the others. */
  #judged(head: DraftHead): WaitingEntry[] {
    const batch: WaitingEntry[] = []
    const trial = head.fork()
    for (const waiting of this.#queue.splice(0, MAX_BATCH)) {
      const judgement = waiting.judge(trial)
      if (judgement === 'store') {
        trial.apply({ ...waiting, u: trial.u + 1 }, waiting.scan)
        batch.push(waiting)
      } else if ('settled' in judgement) waiting.resolve(judgement.settled)
      else waiting.reject(judgement.refused)
    }
    return batch
  }

  /** Publishes before it answers: whoever is told "saved" knows that the others were sent it. */
  #take(head: DraftHead, stored: readonly DraftEntry[]): void {
    const answers: (() => void)[] = []
    const entries: LaneEntry[] = []
    for (const entry of stored) {
      const { u, kind, by } = entry
      if (u <= head.u) continue // read back already, while the store was still answering
      const given = this.#given.get(u)
      const own = given && sameBytes(given.sealed, entry.sealed) ? given.waiting : undefined
      const plain = own?.plain ?? this.#open(entry)
      if (own) this.#given.delete(u)
      head.apply({ u, kind, by, plain }, own?.scan)
      if (own) answers.push(() => own.resolve(u))
      entries.push({ u, kind, by, plain, origin: own?.origin })
      this.#tailBytes += plain.length
    }
    this.#tail.push(...entries)
    if (entries.length > 0) this.#deps.onStored(entries)
    for (const answer of answers) answer()
  }

  async #startOver(): Promise<DraftHead> {
    this.#head = undefined
    const head = await this.head()
    this.#deps.onGap()
    return head
  }

  async #load(): Promise<DraftHead> {
    for (;;) {
      const head = await this.#read()
      if (head && head.u > 0) {
        this.#head = head
        return head
      }
      if (!head) continue
      const plain = await this.#deps.firstUpdate()
      const entry = { u: 1, kind: 'update', by: 'system' } as const
      const sealed = this.#deps.sealer.seal(entryContext(this.caseId, entry), plain)
      const [answer] = await this.#append([{ caseId: this.caseId, ...entry, at: this.#deps.clock.now(), sealed }])
      if (answer === 'unavailable') throw notSaved()
    }
  }

  /** `undefined` when a compaction elsewhere swept entries away between two reads. */
  async #read(): Promise<DraftHead | undefined> {
    const { store } = this.#deps
    const stored = await store.snapshot(this.caseId)
    const snapshot = stored && decodeSnapshot(stored.u, this.#deps.sealer.open(snapshotContext(this.caseId, stored.u), stored.sealed))
    const head = new DraftHead(snapshot && { u: snapshot.u, textU: snapshot.textU, clocks: decodeStateVector(snapshot.stateVector) })
    if (snapshot) {
      for (const mark of await store.readMarks(this.caseId)) if (mark.u <= snapshot.u) head.applyMark({ ...mark, plain: this.#open(mark) })
    }
    const tail: LaneEntry[] = []
    for (;;) {
      const page = await store.read(this.caseId, head.u, PAGE)
      for (const entry of page) {
        if (entry.u !== head.u + 1) return undefined
        const plain = this.#open(entry)
        head.apply({ ...entry, plain })
        tail.push({ u: entry.u, kind: entry.kind, by: entry.by, plain, origin: undefined })
      }
      if (page.length < PAGE) break
    }
    this.#snapshot = { u: snapshot?.u ?? 0, bytes: snapshot?.update.length ?? 0 }
    this.#tail = tail
    this.#tailBytes = tail.reduce((sum, entry) => sum + entry.plain.length, 0)
    return head
  }

  async #append(entries: readonly DraftEntry[]): Promise<readonly DraftAppendAnswer[]> {
    try {
      return await this.#deps.store.append(entries)
    } catch {
      return entries.map(() => 'unknown') // whether it landed is read back
    }
  }

  #open(entry: DraftEntry): Uint8Array {
    return this.#deps.sealer.open(entryContext(this.caseId, entry), entry.sealed)
  }
}

function notSaved(cause?: unknown): AppError {
  return cause instanceof AppError ? cause : new AppError({ kind: 'unavailable', reason: 'drafting/not-saved' }, { cause })
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}
