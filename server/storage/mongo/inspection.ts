// Everything in the data database as it rests, for the upgrade and for the check of a whole installation.
import mongoose, { type Connection, type Model } from 'mongoose'
import type { DocumentPlace, RecordKeys, RestingRecord, StorageInspection } from '#server/storage/ports.ts'
import { restingKeys } from '#server/storage/resting-keys.ts'
import { storableJson } from '#server/storage/storable.ts'
import { asId, type CaseId, type DocumentId, type FileId } from '#shared/kernel/ids.ts'
import {
  type BytesDocument,
  bytesOf,
  type CommitDocument,
  type DueDocument,
  type EntryDocument,
  type PieceDocument,
  type RecordDocument,
  type SnapshotDocument,
} from './documents.ts'
import { translating } from './errors.ts'
import { attemptOf, isEnd } from './file-store.ts'
import { PROJECTED } from './projection-store.ts'

const { trusted } = mongoose

interface Models {
  readonly commits: Model<CommitDocument>
  readonly records: Model<RecordDocument>
  readonly files: Model<BytesDocument>
  readonly pieces: Model<PieceDocument>
  readonly entries: Model<EntryDocument>
  readonly snapshots: Model<SnapshotDocument>
  readonly due: Model<DueDocument>
}

export function createMongoInspection(data: Connection, models: Models): StorageInspection {
  const { commits, records, files, pieces, entries, snapshots, due } = models
  async function projectionsOfNoCase(): Promise<readonly string[]> {
    const cases = new Set(await commits.distinct('caseId'))
    const found: string[] = []
    for (const { name } of await data.listCollections()) {
      if (!name.startsWith(PROJECTED)) continue
      const named = await data.collection(name).distinct('caseId')
      found.push(...named.filter((id) => !cases.has(String(id))).map((id) => `a projection of no case (${name} ${id})`))
    }
    return found
  }

  /** In the order of their keys each end comes right behind its pieces. */
  async function strayPieces(): Promise<readonly string[]> {
    const found: string[] = []
    const whole = new Set((await files.find({}, { _id: 1 }).lean()).map(({ _id }) => _id))
    let waiting: string[] = []
    const strand = () => found.push(...waiting.splice(0).map((key) => `a piece of no file (${key})`))
    for await (const { _id, fileId, pieces: count, at } of pieces
      .find({}, { bytes: 0, header: 0, mac: 0 })
      .sort({ _id: 1 })
      .lean()
      .cursor()) {
      if (waiting[0] !== undefined && attemptOf(waiting[0]) !== attemptOf(_id)) strand()
      if (!isEnd(_id)) {
        waiting.push(_id)
        continue
      }
      if (fileId !== undefined && waiting.length !== count) found.push(`a piece too many, or too few, of a file (${fileId})`)
      if (fileId !== undefined && whole.has(fileId)) found.push(`two files under one id (${fileId})`)
      if (fileId !== undefined && at !== undefined) found.push(`a file that is not finished (${fileId})`)
      waiting = []
    }
    strand()
    return found
  }

  return {
    records: (after, limit) =>
      translating(async () => {
        const behind = after ? { _id: trusted({ $gt: `${after.collection}/${after.id}` }) } : {}
        return (await records.find(behind).sort({ _id: 1 }).limit(limit).lean()).map(restingOf)
      }),
    rewriteRecord: ({ collection, id, version }, value) =>
      translating(async () => {
        const next = { $set: { version: version + 1, value: storableJson(value) } }
        return (await records.updateOne({ _id: `${collection}/${id}`, version }, next)).matchedCount === 1
      }),
    fileIds: () =>
      translating(async () => {
        const whole = await files.find({}, { _id: 1 }).lean()
        const ends = await pieces.find({ fileId: trusted({ $exists: true }) }, { fileId: 1 }).lean()
        const ids = [...whole.map(({ _id }) => _id), ...ends.flatMap(({ fileId }) => fileId ?? [])]
        return [...new Set(ids)].sort().map((id) => asId<FileId>(id))
      }),
    documents: () =>
      translating(async () => {
        const found = new Map<string, DocumentPlace>()
        for (const places of [entries.find({}, { caseId: 1, documentId: 1 }), snapshots.find({}, { caseId: 1, documentId: 1 })]) {
          for await (const { caseId, documentId } of places.lean().cursor()) {
            found.set(`${caseId}/${documentId}`, { caseId: asId<CaseId>(caseId), documentId: asId<DocumentId>(documentId) })
          }
        }
        return [...found.keys()].sort().flatMap((key) => found.get(key) ?? [])
      }),
    dueSteps: (after, limit) =>
      translating(async () => {
        const found = await due
          .find({ _id: trusted({ $gt: after }) })
          .sort({ _id: 1 })
          .limit(limit)
          .lean()
        return found.map(({ _id, at, encrypted }) => ({ id: _id, at, encrypted: bytesOf(encrypted) }))
      }),
    strays: () => translating(async () => [...(await projectionsOfNoCase()), ...(await strayPieces())]), // keys lie in their record's document, events in their commit's
  }
}

/** `_id` says where it stands and is unique; the fields that repeat it must say the same. */
function restingOf({ _id, collection, id, version, value, unique = [], index = [] }: RecordDocument): RestingRecord {
  const slash = _id.indexOf('/')
  const place = { collection: _id.slice(0, slash), id: _id.slice(slash + 1) }
  const isMoved = place.collection !== collection || place.id !== id
  return {
    ...place,
    version,
    value: isMoved ? undefined : parsed(value),
    unique: keysOf(place.collection, unique),
    index: keysOf(place.collection, index),
  }
}

/** `collection/key=value`; what begins otherwise is kept whole, so that it fits nothing that was written here. */
function keysOf(collection: string, texts: readonly string[]): RecordKeys {
  const own = `${collection}/`
  return restingKeys(
    texts.map((text) => {
      const at = text.indexOf('=')
      return text.startsWith(own) && at > 0 ? [text.slice(own.length, at), text.slice(at + 1)] : [text, '']
    }),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // whoever asked finds out that it is nothing of ours
  }
}
