// What this server has changed since the last checkpoint, and which of its writes are still under way: a checkpoint is whole only when none is
// that was stamped before it.

import type { RecordWatch } from '#server/storage/encrypted-records.ts'
import type { Storage } from '#server/storage/ports.ts'
import type { RecordCipher } from '#server/storage/record-cipher.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type AudienceHead, commitDigest, type LogHead } from './log-heads.ts'
import { type DocumentHead, nameOfDocument, REMOVED } from './record-set.ts'
import { parseStamp, type Stamp, stampText } from './stamp.ts'

/** A commit as it is told, and how its case stands after it. */
interface NotedCommit {
  readonly caseId: CaseId
  readonly events: readonly { readonly audience: Audience; readonly hash: string }[]
  readonly after: { readonly commitNumber: number; readonly audiences: ReadonlyMap<Audience, AudienceHead> }
}

export type NotedCase = NotedCommit['after'] & Pick<LogHead, 'digest' | 'taken'>

export interface RecordId {
  readonly collection: string
  readonly id: string
}

interface Deps {
  readonly records: Pick<Storage['records'], 'insert' | 'remove'>
  readonly cipher: () => Promise<RecordCipher>
  readonly nameOf: (collection: string, id: string) => string
  readonly entropy: Entropy
}

interface Noted {
  readonly records: readonly RecordId[]
  readonly cases: readonly (readonly [CaseId, NotedCase])[]
  readonly documents: readonly DocumentHead[]
}

export class Changes implements RecordWatch {
  /** What new writes are stamped with. */
  stamp: Stamp
  readonly #deps: Deps
  readonly #records = new Map<string, RecordId>()
  readonly #cases = new Map<CaseId, NotedCase>()
  readonly #documents = new Map<string, DocumentHead>()
  readonly #underWay = new Map<number, number>()
  #tombstones: { readonly id: string; readonly window: number }[] = []
  #waiting: (() => void)[] = []

  constructor(stamp: Stamp, deps: Deps) {
    this.stamp = stamp
    this.#deps = deps
  }

  get isEmpty(): boolean {
    return this.#records.size + this.#cases.size + this.#documents.size + this.#tombstones.length === 0
  }

  begin(): string {
    const { window } = this.stamp
    this.#underWay.set(window, (this.#underWay.get(window) ?? 0) + 1)
    return stampText(this.stamp)
  }

  done(collection: string, id: string, stamp: string): void {
    this.noteRecord({ collection, id })
    const window = windowOf(stamp)
    const left = (this.#underWay.get(window) ?? 1) - 1
    if (left > 0) this.#underWay.set(window, left)
    else this.#underWay.delete(window)
    if (left === 0) for (const tell of this.#waiting.splice(0)) tell()
  }

  async removing(collection: string, id: string, stamp: string): Promise<void> {
    const { cipher, entropy, nameOf, records } = this.#deps
    const place = { collection: REMOVED, id: base64url(entropy.bytes(16, 'tombstone')), version: 1 }
    const value = (await cipher()).encrypt(place, nameOf(collection, id), {}, stamp)
    this.#tombstones.push({ id: place.id, window: windowOf(stamp) })
    await records.insert(REMOVED, place.id, value)
  }

  noteRecord(record: RecordId): void {
    this.#records.set(`${record.collection}/${record.id}`, record)
  }

  noteCommit({ caseId, events, after }: NotedCommit): void {
    this.noteCase(caseId, { ...after, digest: commitDigest(events) })
  }

  noteCase(caseId: CaseId, noted: NotedCase): void {
    if (noted.commitNumber >= (this.#cases.get(caseId)?.commitNumber ?? 0)) this.#cases.set(caseId, noted)
  }

  noteDocument(head: DocumentHead): void {
    const name = nameOfDocument(head)
    const before = this.#documents.get(name)
    if (head.revision >= (before?.revision ?? 0))
      this.#documents.set(name, { ...(before?.unchained && { unchained: before.unchained }), ...head })
  }

  /** Ends a window: what is written from now on bears the next one's stamp. Resolves when nothing of the ended one is under way. */
  async endWindow(): Promise<number> {
    const ended = this.stamp.window
    this.stamp = { ...this.stamp, window: ended + 1 }
    while ([...this.#underWay.keys()].some((window) => window <= ended)) {
      await new Promise<void>((tell) => this.#waiting.push(tell))
    }
    return ended
  }

  take(): Noted {
    const noted = { records: [...this.#records.values()], cases: [...this.#cases], documents: [...this.#documents.values()] }
    for (const each of [this.#records, this.#cases, this.#documents]) each.clear()
    return noted
  }

  putBack({ records, cases, documents }: Noted): void {
    for (const record of records) this.noteRecord(record)
    for (const [caseId, noted] of cases) this.noteCase(caseId, noted)
    for (const head of documents) this.noteDocument(head)
  }

  /** Once the checkpoint no longer names what was removed up to and in this window. */
  async clearTombstones(window: number): Promise<void> {
    const covered = this.#tombstones.filter((each) => each.window <= window)
    this.#tombstones = this.#tombstones.filter((each) => each.window > window)
    await Promise.all(covered.map(({ id }) => this.#deps.records.remove(REMOVED, id)))
  }
}

function windowOf(stamp: string): number {
  return parseStamp(stamp)?.window ?? 0
}
