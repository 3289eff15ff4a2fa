// One document on one server: takes entries in, stores them in one dense sequence, durable before anybody is told, and hands them on.
// It never opens the text: who may write, and whether an edit fits, is judged by its outline alone.
import type { DraftEntry } from '#server/storage/ports.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { CHAIN_START, type ChainState, chainAfter, linked } from './document-chain.ts'
import { decodeReopen, isAnotherDocument, type PlainEntry } from './draft-entries.ts'
import type { DraftHead, FreshDeletion } from './draft-head.ts'
import type { WaitingEntry } from './draft-queue.ts'
import type { Compacted } from './draft-tasks.ts'
import { appendTo, keepSnapshot, notSaved, type OpeningDeps, openDocument, writersOf } from './open-document.ts'
import type { ReadEntry } from './read-document.ts'
import { decodeStructure } from './structure/structure-codec.ts'
import { scanUpdate } from './update-scan.ts'
import { WritersSince } from './writers.ts'

export interface LaneEntry extends ReadEntry {
  /** The connection that it came by; undefined when it came from another server. */
  readonly origin: object | undefined
  /** Of an update that was stored here: what it takes away, and whose typing begins at which clock in it. */
  readonly deleted: readonly FreshDeletion[]
  readonly client: number
  readonly typedFrom: number
}

interface LaneDeps extends OpeningDeps {
  /** Stored entries in their order, before their authors are answered. */
  readonly onStored: (entries: readonly LaneEntry[]) => void
  /** Others have left this server so far behind that only joining anew helps. */
  readonly onGap: (is: { readonly anotherDocument: boolean }) => void
}

const NOBODY = { client: 0 }
const NOTHING: readonly FreshDeletion[] = []
const FROM_STORE = { origin: undefined, deleted: NOTHING, client: 0, typedFrom: 0 }
const MAX_BATCH = 256
const PAGE = 500
const MAX_ATTEMPTS = 30

export class DraftLane {
  readonly #deps: LaneDeps
  #head: DraftHead | undefined
  /** Up to the head. */
  #chain = CHAIN_START
  #snapshot: { readonly revision: number; readonly bytes: number; readonly anewAt: number } = { revision: 0, bytes: 0, anewAt: 0 }
  #tail: LaneEntry[] = []
  #tailBytes = 0
  #writers = new WritersSince()
  #queue: WaitingEntry[] = []
  #flushing = false
  #loading: Promise<DraftHead> | undefined
  /** The batch that the store is writing, by number: recognised when it is read back. */
  readonly #given = new Map<number, { readonly entry: DraftEntry; readonly chain: ChainState; readonly waiting: WaitingEntry }>()

  constructor(deps: LaneDeps) {
    this.#deps = deps
  }

  /** The head as known here; loads the document, and starts it when it is new. */
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
  get snapshotRevision(): number {
    return this.#snapshot.revision
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
  /** Who has written since the last saved state, and after which text. */
  get writers(): Pick<WritersSince, 'upTo' | 'after'> {
    return this.#writers
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
    const { store, cipher } = this.#deps
    const head = await this.head()
    for (;;) {
      // Asked before reading: what stands up to there is read now, or another server has compacted it away.
      const upTo = await store.headOf(cipher.place)
      const read = await store.read(cipher.place, head.revision, PAGE)
      if (this.#head !== head) return this.head()
      const news = read.filter((entry) => entry.revision > head.revision)
      if (news.length === 0) return upTo <= head.revision ? head : this.#startOver()
      if (news[0]?.revision !== head.revision + 1 || news.some((entry) => this.#beginsAnew(entry))) return this.#startOver()
      this.#take(head, news)
    }
  }

  /** Stores a text that was compacted as it stood at `at`; what it covers is forgotten here. */
  async keep({ state, update, structure }: Compacted, at: { readonly revision: number; readonly textRevision: number }): Promise<void> {
    const head = this.#head
    if (!head) return
    if (state !== 'sound') return void (await this.#reload()) // which begins it anew
    const chain = this.#tail.find((entry) => entry.revision === at.revision)?.chain
    if (!chain) return // a later one rests already
    const snapshot = { ...at, anewAt: this.#snapshot.anewAt, chain, writers: this.#writers.all, structure, update }
    await keepSnapshot(this.#deps, snapshot)
    if (this.#head !== head || at.revision <= this.#snapshot.revision) return
    this.#snapshot = { revision: at.revision, bytes: update.length, anewAt: snapshot.anewAt }
    this.#setTail(this.#tail.filter((entry) => entry.revision > at.revision))
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
    const entries: DraftEntry[] = []
    let chain = this.#chain
    for (const waiting of batch) {
      const { kind, by, plain } = waiting
      const entry = this.#encrypted({ revision: head.revision + 1 + entries.length, kind, by, plain }, chain)
      chain = chainAfter(entry, chain)
      entries.push(entry)
      this.#given.set(entry.revision, { entry, chain, waiting })
    }
    const answers = await appendTo(this.#deps.store, entries)
    const failed = answers.findIndex((answer) => answer !== 'stored')
    const stored = failed < 0 ? entries : entries.slice(0, failed)
    if (this.#head === head) this.#take(head, stored)
    // Another document, whose snapshot is made by loading it; nothing is stored in between.
    if (this.#head === head && stored.some((entry) => this.#beginsAnew(entry))) await this.#startOver()
    if (this.#given.size === 0) return
    if (this.#head === head && answers[failed] === 'unstorable') this.#failAlone(head.revision + 1)
    if (this.#head === head && answers[failed] === 'unavailable') {
      for (const { waiting } of this.#given.values()) waiting.reject(notSaved())
      this.#given.clear()
      return
    }
    await this.#readBack()
  }

  /** No database takes it: tried again it would fail for ever, and what stands behind it with it. */
  #failAlone(revision: number): void {
    this.#given.get(revision)?.waiting.reject(new AppError({ kind: 'invalid', reason: 'drafting/malformed' }))
    this.#given.delete(revision)
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
    const asked = this.#queue.splice(0, MAX_BATCH)
    // What comes alone, as somebody's typing does, changes nothing that another one is judged by.
    const trial = asked.length > 1 ? head.fork() : head
    for (let waiting = asked.shift(); waiting; waiting = asked.shift()) {
      const judgement = waiting.judge(trial)
      if (judgement === 'store') {
        batch.push(waiting)
        if (trial !== head) trial.apply({ ...waiting, revision: trial.revision + 1 }, waiting.scan, waiting.counted)
        if (waiting.endsBatch) break
      } else if ('refused' in judgement) waiting.reject(judgement.refused)
      // Settled by what is not stored yet, or with a number that its device was not sent: judged again when it is.
      else if (batch.length > 0) afterwards.push(waiting)
      else waiting.resolve(judgement.settled)
    }
    this.#queue.unshift(...afterwards, ...asked)
    return batch
  }

  /** Publishes before it answers: whoever is told "saved" knows that the others were sent it. */
  #take(head: DraftHead, stored: readonly DraftEntry[]): void {
    const fresh = stored.filter(({ revision }) => revision > head.revision) // others were read back already, while the store was still answering
    const answers: (() => void)[] = []
    const entries: LaneEntry[] = []
    const chains = this.#follow(fresh)
    for (const [index, entry] of fresh.entries()) {
      const { revision, kind, by } = entry
      const chain = chains[index] ?? this.#chain
      const given = this.#given.get(revision)
      const own = given && equalBytes(given.entry.encrypted, entry.encrypted) ? given.waiting : undefined
      const plain = own?.plain ?? this.#deps.cipher.decrypt(entry)
      if (own) this.#given.delete(revision)
      const scan = kind === 'update' ? (own?.scan ?? scanUpdate(plain)) : undefined
      const deleted = scan && scan.deletes.length > 0 ? head.freshDeletions(scan.deletes) : NOTHING
      // What was sent again tells nothing of who wrote it: anybody may send what stands there already.
      const { client } = scan?.run && scan.run.to > head.clockOf(scan.run.client) ? scan.run : NOBODY
      const read = { revision, kind, by, plain, chain, origin: own?.origin, deleted, client, typedFrom: head.clockOf(client) }
      head.apply(read, scan, own?.counted)
      this.#writers.follow(read)
      if (own) answers.push(() => own.resolve(revision))
      entries.push(read)
      this.#chain = chain
      this.#tailBytes += plain.length
    }
    this.#tail.push(...entries)
    if (entries.length > 0) this.#deps.onStored(entries)
    for (const answer of answers) answer()
  }

  /** The chain after each; what was made here a moment ago is known, what was read is looked at. Throws BrokenChain. */
  #follow(entries: readonly DraftEntry[]): readonly ChainState[] {
    let chain = this.#chain
    return entries.map((entry) => {
      const given = this.#given.get(entry.revision)
      chain = given?.entry === entry ? given.chain : linked(entry, chain)
      return chain
    })
  }

  #beginsAnew(entry: DraftEntry): boolean {
    return entry.kind === 'reopen' && isAnotherDocument(decodeReopen(this.#deps.cipher.decrypt(entry)))
  }

  async #startOver(): Promise<DraftHead> {
    const before = this.anewAt
    this.#head = undefined
    const head = await this.head()
    this.#deps.onGap({ anotherDocument: this.anewAt !== before })
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
    if (this.anewAt !== before) this.#deps.onGap({ anotherDocument: true })
    return head
  }

  async #load(): Promise<DraftHead> {
    const read = await openDocument(this.#deps)
    const { head, chain, snapshot } = read
    this.#chain = chain
    this.#snapshot = { revision: snapshot?.revision ?? 0, bytes: snapshot?.update.length ?? 0, anewAt: snapshot?.anewAt ?? 0 }
    this.#setTail(read.tail.map((entry) => ({ ...entry, ...FROM_STORE })))
    this.#writers = writersOf(read)
    this.#head = head
    return head
  }

  #setTail(tail: LaneEntry[]): void {
    this.#tail = tail
    this.#tailBytes = tail.reduce((sum, entry) => sum + entry.plain.length, 0)
  }

  #encrypted(entry: PlainEntry, chain: ChainState): DraftEntry {
    const { cipher, clock, epoch } = this.#deps
    return cipher.entry(entry, { at: clock.now(), epoch, chain })
  }
}
