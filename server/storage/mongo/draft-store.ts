// Drafts in MongoDB. Compaction deletes updates and so frees their unique numbers; therefore whoever inserts looks at the
// snapshot afterwards (it is written before anything is deleted) and takes back what it covers.
import mongoose, { type Model } from 'mongoose'
import type { DraftEntry, DraftSnapshot, DraftStore } from '#server/storage/ports.ts'
import { requireStorableEntry, storableBytes, storableText } from '#server/storage/storable.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { createRunAppender, type Place } from './append-runs.ts'
import { collectBatches } from './collect-batches.ts'
import { bytesOf, type EntryDocument, entryDocument, entryOf, type SnapshotDocument } from './documents.ts'
import { type Inserted, isDuplicateKey, translating } from './errors.ts'
import { insertDocuments } from './insert-documents.ts'

const { trusted } = mongoose

export function createMongoDraftStore(
  entries: Model<EntryDocument>,
  snapshots: Model<SnapshotDocument>,
  schedule: (run: () => void) => void,
): DraftStore {
  const appender = createRunAppender<DraftEntry, 'taken'>({
    caseOf: (entry) => entry.caseId,
    numberOf: (entry) => entry.u,
    requireStorable: requireStorableEntry,
    reached,
    insert,
    refusalOf: async () => 'taken',
  })

  async function coveredUpTo(caseIds: readonly CaseId[]): Promise<ReadonlyMap<string, number>> {
    const found = await snapshots.find({ _id: trusted({ $in: [...new Set(caseIds)] }) }, { u: 1 }).lean()
    return new Map(found.map((snapshot) => [snapshot._id, snapshot.u]))
  }

  async function reached(places: readonly Place[]): Promise<ReadonlySet<CaseId>> {
    const covered = await coveredUpTo(places.map((place) => place.caseId))
    const open = places.filter(({ caseId, number }) => number > (covered.get(caseId) ?? 0))
    const found =
      open.length === 0 ? [] : await entries.find({ $or: open.map(({ caseId, number }) => ({ caseId, u: number })) }, { caseId: 1 }).lean()
    const there = places.filter((place) => !open.includes(place)).map((place) => place.caseId)
    return new Set([...there, ...found.map((one) => asId<CaseId>(one.caseId))])
  }

  async function insert(items: readonly DraftEntry[], ordered: boolean): Promise<readonly Inserted[]> {
    const inserted = await insertDocuments(entries, items.map(entryDocument), ordered)
    const stored = items.filter((_, i) => inserted[i] === 'stored')
    if (stored.length === 0) return inserted
    try {
      const covered = await coveredUpTo(stored.map((entry) => entry.caseId))
      const late = new Set(stored.filter((entry) => entry.u <= (covered.get(entry.caseId) ?? 0)))
      for (const { caseId, u, by, at } of late) await entries.deleteOne({ caseId, u, by, at })
      return items.map((item, i) => (late.has(item) ? 'conflict' : (inserted[i] ?? 'unknown')))
    } catch {
      // The connection is gone between the two: whoever asked has to read back.
      return inserted.map((outcome) => (outcome === 'stored' ? 'unknown' : outcome))
    }
  }

  async function headOf(caseId: CaseId): Promise<number> {
    const [[last], covered] = await Promise.all([
      entries
        .find({ caseId: storableText(caseId) }, { u: 1 })
        .sort({ u: -1 })
        .limit(1)
        .lean(),
      coveredUpTo([caseId]),
    ])
    return Math.max(last?.u ?? 0, covered.get(caseId) ?? 0)
  }

  async function compact({ caseId, u, sealed }: DraftSnapshot): Promise<void> {
    try {
      await snapshots.updateOne(
        { _id: storableText(caseId), u: trusted({ $lt: u }) },
        { $set: { u, sealed: Buffer.from(storableBytes(sealed)) } },
        { upsert: true },
      )
    } catch (error) {
      // The upsert found the id with a u that is as high or higher: that snapshot stays.
      if (isDuplicateKey(error)) return
      throw error
    }
    await entries.deleteMany({ caseId, kind: 'update', u: trusted({ $lte: u }) })
  }

  return {
    append: collectBatches(appender.append, (entry) => entry.caseId, schedule),
    read: (caseId, after, limit) =>
      translating(async () => {
        const filter = { caseId: storableText(caseId), u: trusted({ $gt: after }) }
        return (await entries.find(filter).sort({ u: 1 }).limit(limit).lean()).map(entryOf)
      }),
    readMarks: (caseId) =>
      translating(async () => {
        const filter = { caseId: storableText(caseId), kind: trusted({ $in: ['claim', 'close', 'reopen'] }) }
        return (await entries.find(filter).sort({ u: 1 }).lean()).map(entryOf)
      }),
    headOf: (caseId) => translating(() => headOf(caseId)),
    snapshot: (caseId) =>
      translating(async () => {
        const found = await snapshots.findOne({ _id: storableText(caseId) }).lean()
        return found ? { caseId, u: found.u, sealed: bytesOf(found.sealed) } : undefined
      }),
    compact: (snapshot) => translating(() => compact(snapshot)),
  }
}
