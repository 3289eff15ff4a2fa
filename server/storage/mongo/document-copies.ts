// Copies of whole texts beside their documents' sequences, in MongoDB.
import mongoose, { type Model } from 'mongoose'
import type { DocumentCopy, DraftStore } from '#server/storage/ports.ts'
import { requireStorableCopy, storableText } from '#server/storage/storable.ts'
import { type CopyDocument, copyKey, copyOf, documentFilter } from './documents.ts'
import { isDuplicateKey, translating } from './errors.ts'

const { trusted } = mongoose

type DocumentCopies = Pick<DraftStore, 'archive' | 'archived' | 'archivedCopy' | 'removeArchived'>

export function createMongoDocumentCopies(copies: Model<CopyDocument>): DocumentCopies {
  async function archive(copy: DocumentCopy): Promise<void> {
    requireStorableCopy(copy)
    try {
      await copies.insertOne({ ...copy, _id: copyKey(copy, copy.name), encrypted: Buffer.from(copy.encrypted) })
    } catch (error) {
      // What is there under this name stays.
      if (!isDuplicateKey(error)) throw error
    }
  }

  return {
    archive: (copy) => translating(() => archive(copy)),
    archived: (place) =>
      translating(async () => (await copies.find(documentFilter(place), { name: 1 }).sort({ name: 1 }).lean()).map(({ name }) => name)),
    archivedCopy: (place, name) =>
      translating(async () => {
        const found = await copies
          .findOne({ ...documentFilter(place), _id: copyKey(place, storableText(name)), name: storableText(name) })
          .lean()
        return found ? copyOf(found) : undefined
      }),
    removeArchived: (place, names) =>
      translating(async () => {
        await copies.deleteMany({ ...documentFilter(place), name: trusted({ $in: names.map(storableText) }) })
      }),
  }
}
