// Whether the records are those of the checkpoint: each just as it is written down there, or newer, or removed since, which its tombstone says.

import type { DocumentPlace, RestingRecord, StorageInspection } from '#server/storage/ports.ts'
import { encryptedValue, type RecordCipher, restingDigest } from '#server/storage/record-cipher.ts'
import type { OpenEntry } from './entries.ts'
import { type CheckpointRoot, isSince, parseStamp } from './stamp.ts'

const RECORD = 'record/'
export const DOCUMENT = 'document/'
/** Records of removed records, kept until the next checkpoint. */
export const REMOVED = 'removed'

const PAGE = 500

/** How far a document stands. */
export interface DocumentHead extends DocumentPlace {
  readonly revision: number
  /** Of its last entry, base64url; undefined where entries were not chained yet. */
  readonly hash?: string | undefined
  /** `unchainedDigest` of its marks as they were when the document was first written down. */
  readonly unchained?: string | undefined
}

/** Under which name the checkpoint holds it. */
export function nameOfDocument({ caseId, documentId }: DocumentPlace): string {
  return `${DOCUMENT}${caseId}/${documentId}`
}

export interface ListedRecord {
  readonly collection: string
  readonly id: string
  readonly digest: string
}

export interface RecordSetReport {
  readonly faults: readonly string[]
  /** Not as in the checkpoint, and rightly so: to be written down. */
  readonly changed: readonly { readonly collection: string; readonly id: string }[]
  readonly tombstones: readonly string[]
}

/** In clear beside the data, read before any key is open. The epoch stands in the checkpoint by itself. */
export function isPlain({ collection, id }: { readonly collection: string; readonly id: string }): boolean {
  return collection === 'installation' && (id === 'epoch' || id === 'format')
}

export async function* restingRecords(inspection: Pick<StorageInspection, 'records'>): AsyncGenerator<RestingRecord> {
  for (let after: RestingRecord | undefined; ; ) {
    const page = await inspection.records(after, PAGE)
    yield* page
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}

interface Asked {
  readonly inspection: Pick<StorageInspection, 'records'>
  readonly cipher: RecordCipher
  readonly root: CheckpointRoot
  readonly listed: ReadonlyMap<string, OpenEntry>
  readonly nameOf: (collection: string, id: string) => string
}

export async function checkRecordSet({ inspection, cipher, root, listed, nameOf }: Asked): Promise<RecordSetReport> {
  const faults: string[] = []
  const changed: { collection: string; id: string }[] = []
  const tombstones: string[] = []
  const removed = new Set<string>()
  const missing = new Map([...listed].filter(([name]) => name.startsWith(RECORD)))
  for await (const record of restingRecords(inspection)) {
    const { collection, id } = record
    if (isPlain(record)) continue
    if (collection === REMOVED) {
      tombstones.push(id)
      const name = removedName(cipher, root, record)
      if (name !== undefined) removed.add(name)
      continue
    }
    const name = nameOf(collection, id)
    const entry = missing.get(name)?.value as ListedRecord | undefined // as it was written, under the checkpoint's own key
    missing.delete(name)
    if (entry?.digest === restingDigest(record)) continue
    const since = writtenSince(cipher, root, record)
    if (since === 'since') changed.push({ collection, id })
    else faults.push(`record ${collection}/${id}: ${since === 'damaged' ? 'changed' : entry ? 'put back' : 'removed, and there again'}`)
  }
  for (const [name, { value }] of missing) {
    const { collection, id } = value as ListedRecord // as above
    if (removed.has(name)) changed.push({ collection, id })
    else faults.push(`record ${collection}/${id}: gone`)
  }
  return { faults, changed, tombstones }
}

function writtenSince(cipher: RecordCipher, root: CheckpointRoot, { collection, id, version, value }: RestingRecord) {
  try {
    cipher.decrypt({ collection, id, version }, value)
    return isSince(root, parseStamp(encryptedValue(value).stamp)) ? 'since' : 'before'
  } catch {
    return 'damaged' // told by the caller
  }
}

/** The name in the checkpoint of what was removed, if this is a tombstone of since then. */
function removedName(cipher: RecordCipher, root: CheckpointRoot, record: RestingRecord): string | undefined {
  if (writtenSince(cipher, root, record) !== 'since') return undefined
  const { collection, id, version, value } = record
  return String(cipher.decrypt({ collection, id, version }, value))
}
