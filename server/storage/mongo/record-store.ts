// Records in MongoDB: all collections in one, so that new ones need no index of their own. Keys are joined to one text
// each; names are plain (recordName), so a joined text has one meaning only.
import type { Model } from 'mongoose'
import type { RecordKeys, RecordStore, StoredRecord } from '#server/storage/ports.ts'
import { recordName, storableInteger, storableJson, storableText } from '#server/storage/storable.ts'
import type { RecordDocument } from './documents.ts'
import { isDuplicateKey, translating } from './errors.ts'

type Keys = { readonly unique?: RecordKeys; readonly index?: RecordKeys } | undefined

export function createMongoRecordStore(records: Model<RecordDocument>): RecordStore {
  return {
    insert: (collection, id, value, keys) =>
      translating(() =>
        takenOr(
          () => records.collection.insertOne(bare(documentOf(collection, id, 1, value, keys))),
          () => 'stored',
        ),
      ),
    get: <T>(collection: string, id: string) =>
      translating(async () => {
        const found = await records.findOne({ _id: recordId(collection, id) }).lean()
        return found ? recordOf<T>(found) : undefined
      }),
    findUnique: <T>(collection: string, key: string, value: string) =>
      translating(async () => {
        const found = await records.findOne({ unique: keyText(collection, key, value) }).lean()
        return found ? recordOf<T>(found) : undefined
      }),
    find: <T>(collection: string, key: string, value: string, limit?: number) =>
      translating(async () => {
        const found = records.find({ index: keyText(collection, key, value) }).sort({ id: 1 })
        return (await (limit === undefined ? found : found.limit(limit)).lean()).map((one) => recordOf<T>(one))
      }),
    all: <T>(collection: string, limit?: number) =>
      translating(async () => {
        const found = records.find({ collection: recordName(collection) }).sort({ id: 1 })
        return (await (limit === undefined ? found : found.limit(limit)).lean()).map((one) => recordOf<T>(one))
      }),
    replace: (collection, id, version, value, keys) =>
      translating(() =>
        takenOr(
          () => {
            const next = documentOf(collection, id, storableInteger(version) + 1, value, keys)
            return records.collection.replaceOne(bare({ _id: next._id, version }), bare(next))
          },
          (result) => (result.matchedCount === 1 ? 'stored' : 'stale'),
        ),
      ),
    remove: (collection, id, version) =>
      translating(async () => {
        const _id = recordId(collection, id)
        await records.deleteOne(version === undefined ? { _id } : { _id, version: storableInteger(version) })
      }),
  }
}

/** Documents and filters that are built here from checked texts go past casting; the driver's type wants an ObjectId as `_id`. */
function bare(document: object): never {
  return document as never
}

async function takenOr<Result, Answer>(write: () => Promise<Result>, answer: (result: Result) => Answer): Promise<Answer | 'taken'> {
  try {
    return answer(await write())
  } catch (error) {
    if (isDuplicateKey(error)) return 'taken'
    throw error
  }
}

function documentOf(collection: string, id: string, version: number, value: unknown, keys: Keys): RecordDocument {
  const unique = keyTexts(collection, keys?.unique)
  const index = keyTexts(collection, keys?.index)
  return {
    ...{ _id: recordId(collection, id), collection, id, version, value: storableJson(value) },
    ...(unique.length > 0 ? { unique } : {}),
    ...(index.length > 0 ? { index } : {}),
  }
}

function recordId(collection: string, id: string): string {
  return `${recordName(collection)}/${storableText(id)}`
}

function keyText(collection: string, key: string, value: string): string {
  return `${recordName(collection)}/${recordName(key)}=${storableText(value)}`
}

function keyTexts(collection: string, keys: RecordKeys | undefined): string[] {
  return Object.entries(keys ?? {}).map(([key, value]) => keyText(collection, key, value))
}

function recordOf<T>(document: RecordDocument): StoredRecord<T> {
  // Written by the caller under the same collection, whose shape is the caller's to know and to check.
  return { id: document.id, version: document.version, value: JSON.parse(document.value) as T }
}
