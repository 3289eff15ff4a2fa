// Documents in MongoDB. Compaction deletes updates and so frees their unique numbers; therefore whoever inserts looks at the
// snapshot afterwards (it is written before anything is deleted) and takes back what it covers.
import mongoose, { type Model } from 'mongoose'
import type { DocumentPlace, DraftEntry, DraftSnapshot, DraftStore } from '#server/storage/ports.ts'
import { requireStorableEntry, requireStorableSnapshot, storableText } from '#server/storage/storable.ts'
import { asId, type DocumentId } from '#shared/kernel/ids.ts'
import { createRunAppender, type Place } from './append-runs.ts'
import { collectBatches } from './collect-batches.ts'
import { createMongoDocumentCopies } from './document-copies.ts'
import {
  type CopyDocument,
  documentFilter,
  type EntryDocument,
  entryDocument,
  entryOf,
  type SnapshotDocument,
  snapshotKey,
  snapshotOf,
} from './documents.ts'
import { type Inserted, isDuplicateKey, translating } from './errors.ts'
import { insertDocuments } from './insert-documents.ts'

const { trusted } = mongoose

interface Models {
  readonly entries: Model<EntryDocument>
  readonly snapshots: Model<SnapshotDocument>
  readonly archive: Model<CopyDocument>
}

export function createMongoDraftStore({ entries, snapshots, archive }: Models, schedule: (run: () => void) => void): DraftStore {
  const appender = createRunAppender<DraftEntry, 'taken', string>({
    keyOf: snapshotKey,
    numberOf: (entry) => entry.revision,
    requireStorable: requireStorableEntry,
    reached,
    insert,
    refusalOf: async () => 'taken',
  })

  /** By `snapshotKey`. */
  async function coveredUpTo(places: readonly DocumentPlace[]): Promise<ReadonlyMap<string, number>> {
    const found = await snapshots.find({ _id: trusted({ $in: [...new Set(places.map(snapshotKey))] }) }, { revision: 1 }).lean()
    return new Map(found.map((snapshot) => [snapshot._id, snapshot.revision]))
  }

  async function reached(places: readonly Place<DraftEntry, string>[]): Promise<ReadonlySet<string>> {
    const covered = await coveredUpTo(places.map(({ next }) => next))
    const open = places.filter(({ key, number }) => number > (covered.get(key) ?? 0))
    const numbers = open.map(({ next: { caseId, documentId }, number }) => ({ caseId, documentId, revision: number }))
    const found = numbers.length === 0 ? [] : await entries.find({ $or: numbers }, { caseId: 1, documentId: 1 }).lean()
    const there = places.filter((place) => !open.includes(place)).map(({ key }) => key)
    return new Set([...there, ...found.map((one) => JSON.stringify([one.caseId, one.documentId]))])
  }

  async function insert(items: readonly DraftEntry[], ordered: boolean): Promise<readonly Inserted[]> {
    const inserted = await insertDocuments(entries, items.map(entryDocument), ordered)
    const stored = items.filter((_, i) => inserted[i] === 'stored')
    if (stored.length === 0) return inserted
    try {
      const covered = await coveredUpTo(stored)
      const late = new Set(stored.filter((entry) => entry.revision <= (covered.get(snapshotKey(entry)) ?? 0)))
      for (const { caseId, documentId, revision, by, at } of late) await entries.deleteOne({ caseId, documentId, revision, by, at })
      return items.map((item, i) => (late.has(item) ? 'conflict' : (inserted[i] ?? 'unknown')))
    } catch {
      // The connection is gone between the two: whoever asked has to read back.
      return inserted.map((outcome) => (outcome === 'stored' ? 'unknown' : outcome))
    }
  }

  async function headOf(place: DocumentPlace): Promise<number> {
    const [[last], covered] = await Promise.all([
      entries.find(documentFilter(place), { revision: 1 }).sort({ revision: -1 }).limit(1).lean(),
      coveredUpTo([place]),
    ])
    return Math.max(last?.revision ?? 0, covered.get(snapshotKey(place)) ?? 0)
  }

  async function compact(snapshot: DraftSnapshot): Promise<void> {
    requireStorableSnapshot(snapshot)
    const { caseId, documentId, revision, epoch, encrypted } = snapshot
    try {
      await snapshots.updateOne(
        { _id: snapshotKey(snapshot), revision: trusted({ $lt: revision }) },
        { $set: { caseId, documentId, revision, epoch, encrypted: Buffer.from(encrypted) } },
        { upsert: true },
      )
    } catch (error) {
      // The upsert found the id with a revision that is as high or higher: that snapshot stays.
      if (isDuplicateKey(error)) return
      throw error
    }
    await entries.deleteMany({ caseId, documentId, kind: 'update', revision: trusted({ $lte: revision }) })
  }

  return {
    ...createMongoDocumentCopies(archive),
    append: collectBatches(appender.append, snapshotKey, schedule),
    read: (place, after, limit) =>
      translating(async () => {
        const filter = { ...documentFilter(place), revision: trusted({ $gt: after }) }
        return (await entries.find(filter).sort({ revision: 1 }).limit(limit).lean()).map(entryOf)
      }),
    readMarks: (place) =>
      translating(async () => {
        const filter = { ...documentFilter(place), kind: trusted({ $in: ['claim', 'close', 'reopen', 'save'] }) }
        return (await entries.find(filter).sort({ revision: 1 }).lean()).map(entryOf)
      }),
    headOf: (place) => translating(() => headOf(place)),
    snapshot: (place) =>
      translating(async () => {
        const found = await snapshots.findOne({ _id: snapshotKey(place), ...documentFilter(place) }).lean()
        return found ? snapshotOf(found) : undefined
      }),
    compact: (snapshot) => translating(() => compact(snapshot)),
    documentsOf: (caseId) =>
      translating(async () => {
        const filter = { caseId: storableText(caseId) }
        const found = [await entries.distinct('documentId', filter), await snapshots.distinct('documentId', filter)].flat()
        return [...new Set(found)].sort().map((id) => asId<DocumentId>(id))
      }),
  }
}
