// What must not be older than it was: heads of logs and drafts and all records, written down beside the keys every few seconds. A start
// compares; whoever put back the data as it was yesterday, or a part of it, is found (docs/decisions/082).

import type { DocumentPlace, DraftStore, Storage } from '#server/storage/ports.ts'
import { openRecordsKey, type RecordCipher, recordCipher, restingDigest } from '#server/storage/record-cipher.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { serialQueue } from '#shared/kernel/serial-queue.ts'
import { Changes, type NotedCase, type RecordId } from './changes.ts'
import { type Entries, openEntries, RESTORED, ROOT } from './entries.ts'
import { CASE, type LogHead, readHead, takeHead } from './log-heads.ts'
import { type CheckpointReport, checkAgainst, type ReadCheckpoint, readCheckpoint } from './read-checkpoint.ts'
import { type DocumentHead, isPlain, type ListedRecord, nameOfDocument, REMOVED, restingRecords } from './record-set.ts'
import type { CheckpointRoot } from './stamp.ts'
import { unchainedDigest } from './unchained-marks.ts'

interface CheckpointDeps {
  readonly storage: Pick<Storage, 'checkpoints' | 'records' | 'inspection' | 'log' | 'drafts' | 'keys'>
  readonly masterKey: Uint8Array
  readonly entropy: Entropy
  readonly clock: Clock
  /** No other server can be running on this storage. */
  readonly isAlone: boolean
}

/** Of several servers: one that has not written for this long is taken for gone; one with nothing to write shows that it is there. */
const GONE_MS = 60 * 60_000
const SIGN_OF_LIFE_MS = 10 * 60_000
const RECORDS_AT_ONCE = 200

export async function openCheckpoints(deps: CheckpointDeps): Promise<Checkpoints> {
  const entries = openEntries(deps.storage.checkpoints, deps.masterKey, deps.entropy)
  return new Checkpoints(deps, entries, await readCheckpoint(entries))
}

export class Checkpoints {
  readonly #deps: CheckpointDeps
  readonly #entries: Entries
  readonly #read: ReadCheckpoint
  /** Told of each change; also stamps records. */
  readonly changes: Changes
  #cipher: Promise<RecordCipher> | undefined
  /** What the check found; nothing of it changes until this server begins to write, and that is noted. */
  #compared: ReturnType<typeof checkAgainst> | undefined
  #begun = false
  #lastRoot = 0
  readonly #inTurn = serialQueue()

  constructor(deps: CheckpointDeps, entries: Entries, read: ReadCheckpoint) {
    this.#deps = deps
    this.#entries = entries
    this.#read = read
    const stamp = { epoch: read.root?.epoch ?? 0, server: read.root?.nextServer ?? 0, window: 1 }
    const cipher = () => this.#openCipher()
    this.changes = new Changes(stamp, { records: deps.storage.records, cipher, nameOf: entries.nameOfRecord, entropy: deps.entropy })
  }

  /** There is one: the installation is of today's form. False at the first start, in an upgrade from before 2.2, and after a restore. */
  get isKnown(): boolean {
    return this.#read.isKnown
  }

  /** Which epoch somebody has said is to be taken as it is. */
  get restoredEpoch(): number | undefined {
    return this.#read.restoredEpoch
  }

  /** Heads of logs as they were written down. */
  get logHeads(): readonly LogHead[] {
    return [...this.#read.open].filter(([name]) => name.startsWith(CASE)).map(([, { value }]) => value as LogHead) // as written below
  }

  /** Compares; writes nothing. */
  async check(epoch: number | undefined): Promise<CheckpointReport> {
    const { at, faults } = await this.#compare()
    const was = this.#read.root?.epoch
    return {
      at,
      faults: was === undefined || was === epoch ? faults : [`the epoch: it is ${epoch ?? 'missing'}, and was ${was}`, ...faults],
    }
  }

  #compare(): ReturnType<typeof checkAgainst> {
    this.#compared ??= this.#openCipher().then((cipher) =>
      checkAgainst(this.#read, { storage: this.#deps.storage, cipher, nameOf: this.#entries.nameOfRecord }),
    )
    return this.#compared
  }

  #openCipher(): Promise<RecordCipher> {
    const { storage, masterKey, entropy } = this.#deps
    this.#cipher ??= openRecordsKey({ keys: storage.keys, masterKey, entropy }).then((key) => recordCipher(key, entropy, () => false))
    return this.#cipher
  }

  /** From now on this server writes it; what has changed since the last one is written down first. To be called once the check found nothing. */
  async begin(epoch: number): Promise<void> {
    this.changes.stamp = { ...this.changes.stamp, epoch }
    if (!this.isKnown) return this.#takeAsItIs(epoch)
    if (!this.#deps.isAlone) await this.#register()
    const { changed, tombstones } = await this.#compare()
    for (const record of changed) this.changes.noteRecord(record)
    await this.#readOn((caseId) => this.#read.open.get(CASE + caseId)?.value as LogHead | undefined) // as written below
    this.#begun = true
    // A server that is alone leaves everything as it was until it has something to write: what it stamps is newer than any server known.
    if (!this.#deps.isAlone || !this.changes.isEmpty) await this.#saveNow()
    if (this.#deps.isAlone) await this.#removeTombstones(tombstones)
  }

  /** Of several servers each has a number of its own. */
  async #register(): Promise<void> {
    await this.#updateRoot((now) => {
      this.changes.stamp = { ...this.changes.stamp, server: now.nextServer }
      const servers = { ...now.servers, [now.nextServer]: { closed: 0, at: this.#deps.clock.now() } }
      return { ...now, nextServer: now.nextServer + 1, servers }
    })
  }

  async #takeAsItIs(epoch: number): Promise<void> {
    const { open, damaged, restoredEpoch } = this.#read
    await this.#entries.remove([...open.keys(), ...damaged].filter((name) => name !== RESTORED))
    const tombstones: string[] = []
    for await (const record of restingRecords(this.#deps.storage.inspection)) {
      if (record.collection === REMOVED) tombstones.push(record.id)
      else if (!isPlain(record)) this.changes.noteRecord(record)
    }
    await this.#readOn('all')
    await this.#writeDown()
    const { server } = this.changes.stamp
    const [at, restored] = [this.#deps.clock.now(), restoredEpoch === undefined ? [] : [restoredEpoch]]
    const root: CheckpointRoot = { epoch, at, nextServer: server + 1, servers: { [server]: { closed: 0, at } }, restored }
    await this.#entries.update([ROOT], () => root)
    await this.#entries.remove([RESTORED])
    this.#begun = true
    await this.#removeTombstones(tombstones)
  }

  /** Cases and drafts that have gone on since, or are new. */
  async #readOn(known: 'all' | ((caseId: CaseId) => LogHead | undefined)): Promise<void> {
    const { log, drafts, inspection } = this.#deps.storage
    for (const caseId of await log.caseIds()) {
      const before = known === 'all' ? undefined : known(caseId)
      if (before && (await log.headOf(caseId)) === before.commitNumber) continue
      const head = known === 'all' ? await takeHead(log, caseId) : await readHead(log, caseId, before)
      if (head) this.changes.noteCase(caseId, { ...head, audiences: new Map(Object.entries(head.heads)) as NotedCase['audiences'] })
    }
    for (const place of await inspection.documents()) {
      const revision = await drafts.headOf(place)
      const written = known === 'all' ? undefined : (this.#read.open.get(nameOfDocument(place))?.value as DocumentHead | undefined) // as written below
      if (revision <= (written?.revision ?? 0)) continue
      const unchained = known === 'all' ? await unchainedDigest(drafts, place) : undefined
      this.changes.noteDocument({ ...place, revision, ...(await lastHash(drafts, place, revision)), ...(unchained && { unchained }) })
    }
  }

  /** Writes down what has changed since the last one; nothing if nothing has. */
  save(): Promise<void> {
    return this.#inTurn(async () => {
      const isQuiet = this.#deps.isAlone || this.#deps.clock.now() - this.#lastRoot < SIGN_OF_LIFE_MS
      if (this.#begun && !(this.changes.isEmpty && isQuiet)) await this.#saveNow()
    })
  }

  async #saveNow(): Promise<void> {
    const closed = await this.changes.endWindow()
    await this.#writeDown()
    const { server } = this.changes.stamp
    const at = this.#deps.clock.now()
    await this.#updateRoot((now) => {
      const nextServer = Math.max(now.nextServer, server + 1)
      return this.#withoutGone({ ...now, nextServer, servers: { ...now.servers, [server]: { closed, at } } })
    })
    await this.changes.clearTombstones(closed)
  }

  /** What fails stays to be written down by the next. */
  async #writeDown(): Promise<void> {
    const noted = this.changes.take()
    try {
      await this.#writeRecords(noted.records)
      await this.#writeHeads(noted)
    } catch (error) {
      this.changes.putBack(noted)
      throw error
    }
  }

  async #writeRecords(records: readonly RecordId[]): Promise<void> {
    const { nameOfRecord, update, remove } = this.#entries
    for (let at = 0; at < records.length; at += RECORDS_AT_ONCE) {
      const byName = new Map(records.slice(at, at + RECORDS_AT_ONCE).map((each) => [nameOfRecord(each.collection, each.id), each]))
      const gone = new Set<string>()
      await update([...byName.keys()], async (name): Promise<ListedRecord | undefined> => {
        const { collection, id } = byName.get(name) ?? { collection: '', id: '' }
        const record = await this.#deps.storage.records.get<unknown>(collection, id)
        if (record) return { collection, id, digest: restingDigest(record) }
        gone.add(name)
        return undefined
      })
      await remove([...gone])
    }
  }

  async #writeHeads({ cases, documents }: ReturnType<Changes['take']>): Promise<void> {
    const heads = new Map<string, LogHead>()
    for (const [caseId, { commitNumber, digest, taken, audiences }] of cases) {
      const places = [...audiences].map(([audience, { epoch, seq, hash }]) => [audience, { epoch, seq, hash }])
      heads.set(CASE + caseId, { caseId, commitNumber, digest, ...(taken && { taken }), heads: Object.fromEntries(places) })
    }
    // Another server may have written of a later commit. Values are as they were written here.
    await this.#entries.update([...heads.keys()], (name, stands) => {
      const before = stands as LogHead | undefined
      const next = further(heads.get(name), before, ({ commitNumber }) => commitNumber)
      return next && { ...(before?.taken && { taken: before.taken }), ...next }
    })
    const revisions = new Map<string, DocumentHead>(documents.map((head) => [nameOfDocument(head), head]))
    await this.#entries.update([...revisions.keys()], (name, stands) => {
      const before = stands as DocumentHead | undefined
      const next = further(revisions.get(name), before, ({ revision }) => revision)
      return next && { ...(before?.unchained && { unchained: before.unchained }), ...next }
    })
  }

  async #updateRoot(next: (now: CheckpointRoot) => CheckpointRoot): Promise<void> {
    this.#lastRoot = this.#deps.clock.now()
    await this.#entries.update([ROOT], (_name, stands) => {
      const now = (stands as CheckpointRoot | undefined) ?? this.#read.root // as it was written here
      return now && { ...next(now), at: this.#lastRoot }
    })
  }

  /** Servers that no longer run: what they wrote is written down by now. */
  #withoutGone(now: CheckpointRoot): CheckpointRoot {
    const isRunning = (server: string, at: number) =>
      Number(server) === this.changes.stamp.server || (!this.#deps.isAlone && this.#deps.clock.now() - at < GONE_MS)
    return { ...now, servers: Object.fromEntries(Object.entries(now.servers).filter(([server, { at }]) => isRunning(server, at))) }
  }

  async #removeTombstones(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#deps.storage.records.remove(REMOVED, id)))
  }
}

function further<Head>(head: Head | undefined, stands: Head | undefined, placeOf: (head: Head) => number): Head | undefined {
  return head && (!stands || placeOf(head) > placeOf(stands)) ? head : undefined
}

/** Of its last entry, where that was not compacted away. */
async function lastHash(drafts: Pick<DraftStore, 'read'>, place: DocumentPlace, revision: number): Promise<{ readonly hash?: string }> {
  const [last] = await drafts.read(place, revision - 1, 1)
  return last?.hash ? { hash: base64url(last.hash) } : {}
}
