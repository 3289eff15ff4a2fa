// Wrapped keys in MongoDB: bytes by name, the first ones written stay.
import type { Model } from 'mongoose'
import type { KeyStore } from '#server/storage/ports.ts'
import { storableBytes, storableText } from '#server/storage/storable.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type BytesDocument, bytesOf } from './documents.ts'
import { isDuplicateKey, translating } from './errors.ts'

export function createMongoKeyStore(keys: Model<BytesDocument>): KeyStore {
  return {
    putIfAbsent: (name, wrapped) => keepFirst(keys, name, wrapped),
    get: (name) => get(keys, name),
    destroy: (name) => remove(keys, name),
    names: () => translating(async () => (await keys.find({}, { _id: 1 }).sort({ _id: 1 }).lean()).map((key) => key._id)),
  }
}

/** Answers the bytes that are now there. */
function keepFirst(model: Model<BytesDocument>, id: string, bytes: Uint8Array): Promise<Uint8Array> {
  return translating(async () => {
    try {
      await model.insertOne({ _id: storableText(id), bytes: Buffer.from(storableBytes(bytes)) })
      return bytesOf(bytes)
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      const kept = await get(model, id)
      // Deleted in between by somebody else: nothing is there now, so what was given was not kept.
      if (!kept) throw new AppError({ kind: 'conflict' }, { cause: error })
      return kept
    }
  })
}

function get(model: Model<BytesDocument>, id: string): Promise<Uint8Array | undefined> {
  return translating(async () => {
    const found = await model.findOne({ _id: storableText(id) }).lean()
    return found ? bytesOf(found.bytes) : undefined
  })
}

function remove(model: Model<BytesDocument>, id: string): Promise<void> {
  return translating(async () => {
    await model.deleteOne({ _id: storableText(id) })
  })
}
