// One draft on one server: takes entries in, stores them in one dense sequence, durable before anybody is told, and hands them on.
// It never opens the text: who may write, and whether an edit fits, is judged by its outline alone.
import type { DraftAppendAnswer, DraftEntry, DraftStore } from '#server/storage/ports.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import {
  type DraftSealer,
  decodeReopen,
  decodeSnapshot,
  encodeClaim,
  encodeReopen,
  encodeSnapshot,
  entryContext,
  type PlainEntry,
  type PlainSnapshot,
  snapshotContext,
} from './draft-entries.ts'
import { DraftHead } from './draft-head.ts'
import type { WaitingEntry } from './draft-queue.ts'
import { decodeStructure } from './structure/structure-codec.ts'
import type { Compacted, DraftText } from './workshop-tasks.ts'

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
  /** Opens the text in the workshop. Never fails on what stands in it: what cannot be read is begun anew. */
  readonly compact: (text: DraftText) => Promise<Compacted>
  /** A newer snapshot rests. */
  readonly onSnapshot: (snapshot: PlainSnapshot) => void
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
  #snapshot: { readonly u: number; readonly bytes: number; readonly anewAt: number } = { u: 0, bytes: 0, anewAt: 0 }
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
  /** Number of the entry at which the document was begun anew; 0: it never was. */
  get anewAt(): number {
    return this.#snapshot.anewAt
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
      if (news[0]?.u !== head.u + 1 || news.some((entry) => this.#beginsAnew(entry))) return this.#startOver()
      this.#take(head, news)
    }
  }

  /** Stores a text that was compacted as it stood at `at`; what it covers is forgotten here. */
  async keep({ state, update, structure }: Compacted, at: { readonly u: number; readonly textU: number }): Promise<void> {
    const head = this.#head
    if (!head) return
    if (state !== 'sound') return void (await this.#reload()) // which begins it anew
    const snapshot = { ...at, anewAt: this.#snapshot.anewAt, structure, update }
    await this.#store(snapshot)
    if (this.#head !== head || at.u <= this.#snapshot.u) return
    this.#snapshot = { u: at.u, bytes: update.length, anewAt: snapshot.anewAt }
    this.#tail = this.#tail.filter((entry) => entry.u > at.u)
    this.#tailBytes = this.#tail.reduce((sum, entry) => sum + entry.plain.length, 0)
    head.rebase(decodeStructure(structure), this.#tail)
  }

  async #flush(): Promise<void> {
    this.#flushing = true
    try {
      while (this.#queue.length > 0) {
        await this.#storeBatch(await this.#soundHead())
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
    if (this.#head === head && answers[failed] === 'unstorable') this.#failAlone(head.u + 1)
    if (this.#head === head && answers[failed] === 'unavailable') {
      for (const { waiting } of this.#given.values()) waiting.reject(notSaved())
      this.#given.clear()
      return
    }
    await this.#readBack()
  }

  /** No database takes it: tried again it would fail for ever, and what stands behind it with it. */
  #failAlone(u: number): void {
    this.#given.get(u)?.waiting.reject(new AppError({ kind: 'invalid', reason: 'drafting/malformed' }))
    this.#given.delete(u)
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
    const afterwards: WaitingEntry[] = []
    const trial = head.fork()
    for (const waiting of this.#queue.splice(0, MAX_BATCH)) {
      const judgement = waiting.judge(trial)
      if (judgement === 'store') {
        trial.apply({ ...waiting, u: trial.u + 1 }, waiting.scan, waiting.counted)
        batch.push(waiting)
      } else if ('refused' in judgement) waiting.reject(judgement.refused)
      // Settled by what is not stored yet, or with a number that its device was not sent: judged again when it is.
      else if (batch.length > 0) afterwards.push(waiting)
      else waiting.resolve(judgement.settled)
    }
    this.#queue.unshift(...afterwards)
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
      head.apply({ u, kind, by, plain }, own?.scan, own?.counted)
      if (own) answers.push(() => own.resolve(u))
      entries.push({ u, kind, by, plain, origin: own?.origin })
      this.#tailBytes += plain.length
    }
    this.#tail.push(...entries)
    if (entries.length > 0) this.#deps.onStored(entries)
    for (const answer of answers) answer()
  }

  #beginsAnew(entry: DraftEntry): boolean {
    return entry.kind === 'reopen' && decodeReopen(this.#open(entry)) === 'begun-anew'
  }

  async #startOver(): Promise<DraftHead> {
    this.#head = undefined
    const head = await this.head()
    this.#deps.onGap()
    return head
  }

  /** A text that was closed when it was loaded, or that has grown costly since, is looked at before anything is added. */
  async #soundHead(): Promise<DraftHead> {
    const head = await this.head()
    return head.sound || head.closed !== undefined ? head : this.#reload()
  }

  /** Whoever is in it joins anew if the document is another one now. */
  async #reload(): Promise<DraftHead> {
    const before = this.anewAt
    this.#head = undefined
    const head = await this.head()
    if (this.anewAt !== before) this.#deps.onGap()
    return head
  }

  async #load(): Promise<DraftHead> {
    for (;;) {
      const read = await this.#read()
      if (!read) continue
      const { head, text } = read
      if (head.u === 0) await this.#begin()
      else if (!head.sound && head.closed === undefined) await this.#makeSound(head, text)
      else {
        this.#head = head
        return head
      }
    }
  }

  async #begin(): Promise<void> {
    const plain = await this.#deps.firstUpdate()
    await this.#appendOwn({ u: 1, kind: 'update', by: 'system', plain })
  }

  /** What was stored before edits were judged, or has become too costly to open, is compacted; begun anew where that does not help. */
  async #makeSound(head: DraftHead, text: DraftText): Promise<void> {
    const { state, update, structure } = await this.#deps.compact(text)
    const sound = state === 'sound'
    const u = head.u + 1
    // A snapshot gives way to a later one only, so there is always an entry before it; one that claims nothing says nothing.
    const mark = sound
      ? ({ kind: 'claim', plain: encodeClaim([]) } as const)
      : ({ kind: 'reopen', plain: encodeReopen('begun-anew') } as const)
    if (!(await this.#appendOwn({ u, by: 'system', ...mark }))) return // somebody else wrote: looked at again
    const at = sound ? { textU: head.textU, anewAt: this.#snapshot.anewAt } : { textU: u, anewAt: u }
    await this.#store({ u, ...at, structure, update })
  }

  async #store(snapshot: PlainSnapshot & { readonly structure: Uint8Array }): Promise<void> {
    const sealed = this.#deps.sealer.seal(snapshotContext(this.caseId, snapshot.u), encodeSnapshot(snapshot))
    await this.#deps.store.compact({ caseId: this.caseId, u: snapshot.u, sealed })
    this.#deps.onSnapshot(snapshot)
  }

  /** False when it does not stand there, or nobody can say: what does is read afterwards. */
  async #appendOwn({ u, kind, by, plain }: PlainEntry): Promise<boolean> {
    const sealed = this.#deps.sealer.seal(entryContext(this.caseId, { u, kind, by }), plain)
    const [answer] = await this.#append([{ caseId: this.caseId, u, kind, by, at: this.#deps.clock.now(), sealed }])
    if (answer === 'unavailable') throw notSaved()
    return answer === 'stored'
  }

  /** `undefined` when a compaction elsewhere swept entries away between two reads. */
  async #read(): Promise<{ readonly head: DraftHead; readonly text: DraftText } | undefined> {
    const { store } = this.#deps
    const stored = await store.snapshot(this.caseId)
    const snapshot = stored && decodeSnapshot(stored.u, this.#deps.sealer.open(snapshotContext(this.caseId, stored.u), stored.sealed))
    const head = new DraftHead(snapshot && { ...snapshot, structure: snapshot.structure && decodeStructure(snapshot.structure) })
    if (snapshot) {
      for (const mark of await store.readMarks(this.caseId)) if (mark.u <= snapshot.u) head.applyMark({ ...mark, plain: this.#open(mark) })
      head.countLiving()
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
    this.#snapshot = { u: snapshot?.u ?? 0, bytes: snapshot?.update.length ?? 0, anewAt: snapshot?.anewAt ?? 0 }
    this.#tail = tail
    this.#tailBytes = tail.reduce((sum, entry) => sum + entry.plain.length, 0)
    return { head, text: { ...(snapshot && { snapshot: snapshot.update }), updates: updatesOf(tail) } }
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

export function updatesOf(entries: readonly LaneEntry[]): readonly Uint8Array[] {
  return entries.filter((entry) => entry.kind === 'update').map((entry) => entry.plain)
}

function notSaved(cause?: unknown): AppError {
  return cause instanceof AppError ? cause : new AppError({ kind: 'unavailable', reason: 'drafting/not-saved' }, { cause })
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}
