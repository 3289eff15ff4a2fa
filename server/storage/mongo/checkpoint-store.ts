// Checkpoints in MongoDB: in the keys' database. Several servers write them, each over the revision that it has read.
import mongoose, { type Model } from 'mongoose'
import type { CheckpointEntry, CheckpointStore } from '#server/storage/ports.ts'
import { storableBytes, storableText } from '#server/storage/storable.ts'
import { bytesOf, type CheckpointDocument } from './documents.ts'
import { isDuplicateKey, translating } from './errors.ts'

const { trusted } = mongoose
const AT_ONCE = 20

export function createMongoCheckpointStore(checkpoints: Model<CheckpointDocument>): CheckpointStore {
  async function writeOne({ name, revision, bytes }: CheckpointEntry): Promise<boolean> {
    const _id = storableText(name)
    const next = { bytes: Buffer.from(storableBytes(bytes)), revision: revision + 1 }
    if (revision > 0) return (await checkpoints.updateOne({ _id, revision }, { $set: next })).matchedCount === 1
    try {
      await checkpoints.insertOne({ _id, ...next })
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  return {
    get: (name) =>
      translating(async () => {
        const found = await checkpoints.findOne({ _id: storableText(name) }).lean()
        return found ? entryOf(found) : undefined
      }),
    read: (after, limit) =>
      translating(async () => {
        const behind = { _id: trusted({ $gt: storableText(after) }) }
        return (await checkpoints.find(behind).sort({ _id: 1 }).limit(limit).lean()).map(entryOf)
      }),
    write: (entries) =>
      translating(async () => {
        const answers: boolean[] = []
        for (let at = 0; at < entries.length; at += AT_ONCE)
          answers.push(...(await Promise.all(entries.slice(at, at + AT_ONCE).map(writeOne))))
        return answers
      }),
    remove: (names) =>
      translating(async () => {
        await checkpoints.deleteMany({ _id: trusted({ $in: names.map(storableText) }) })
      }),
  }
}

function entryOf({ _id, revision, bytes }: CheckpointDocument): CheckpointEntry {
  return { name: _id, revision, bytes: bytesOf(bytes) }
}
