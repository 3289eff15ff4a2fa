// Files in MongoDB, each writing in documents of one collection: its pieces, and one that says what becomes of them. That one stands behind
// them in the order of `_id` and is changed into a file by one update, so that whoever copies the collection from front to back while
// files are written (mongodump) never gets a file without its pieces. The same update decides between a writing and its removal.
import mongoose, { type Model } from 'mongoose'
import { collectPieces } from '#server/storage/collect-pieces.ts'
import { fileDiffers, pieceMissing, writingAbandoned } from '#server/storage/file-faults.ts'
import type { FileEnd, FileInPieces, FileStore, WholeFile } from '#server/storage/ports.ts'
import { storableInteger, storableText } from '#server/storage/storable.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import { type BytesDocument, bytesOf, type PieceDocument } from './documents.ts'
import { insertedDespite, isDuplicateKey, translating } from './errors.ts'

const { trusted } = mongoose

/** In the place of the time when it was begun: it is being removed, and will not be finished. */
const GOING = -1

/** One writing of one file, by whichever server. */
type Attempt = string

export const endKey = (attempt: Attempt) => `${attempt}/end`
/** Digits stand before letters: a writing's pieces lie together, in their order, and its end behind them. */
export const pieceKey = (attempt: Attempt, at: number) => `${attempt}/${String(at).padStart(10, '0')}`
export const attemptOf = (key: string): Attempt => key.slice(0, key.indexOf('/'))
export const isEnd = (key: string): boolean => key.endsWith('/end')

interface Models {
  readonly pieces: Model<PieceDocument>
  /** Files of the older form. */
  readonly files: Model<BytesDocument>
}

export function createMongoFileStore({ pieces, files }: Models): FileStore {
  async function store(attempt: Attempt, at: number, bytes: readonly Uint8Array[], from: number): Promise<void> {
    if (from === 0) await pieces.updateOne({ _id: endKey(attempt) }, { $setOnInsert: { at } }, { upsert: true })
    if (bytes.length === 0) return
    const documents = bytes.map((each, index) => ({ _id: pieceKey(attempt, from + index), bytes: Buffer.from(each) }))
    try {
      await pieces.insertMany(documents, { ordered: false })
    } catch (error) {
      // There already: stored by a try whose answer was lost, for the numbers of an attempt are given once.
      const answers = insertedDespite(error, documents.length, false)
      if (!answers.every((answer) => answer === 'stored' || answer === 'conflict')) throw error
    }
  }

  async function finish(attempt: Attempt, id: FileId, count: number, { header, mac }: FileEnd): Promise<void> {
    if (await files.exists({ _id: id })) throw fileDiffers()
    const file = { fileId: id, pieces: count, header: Buffer.from(header), mac: Buffer.from(mac) }
    try {
      const underWay = { _id: endKey(attempt), at: trusted({ $gt: GOING }) }
      if ((await pieces.updateOne(underWay, { $set: file, $unset: { at: 1 } })).matchedCount === 1) return
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    const kept = await findEnd(id)
    if (!kept) throw writingAbandoned()
    if (!equalBytes(kept.mac, mac)) throw fileDiffers()
    if (kept.attempt !== attempt) await abandon(attempt)
  }

  /** Unless it is a file's. Where the end is gone another server was quicker, and pieces may have come after it. */
  async function abandon(attempt: Attempt): Promise<void> {
    const unfinished = { _id: endKey(attempt), fileId: trusted({ $exists: false }) }
    const { matchedCount } = await pieces.updateOne(unfinished, { $set: { at: GOING } })
    if (matchedCount === 1 || !(await pieces.exists({ _id: endKey(attempt) }))) await remove(attempt)
  }

  /** The end goes last: by it what a killed server has left is found. */
  async function remove(attempt: Attempt): Promise<void> {
    await pieces.deleteMany({ _id: trusted({ $gte: `${attempt}/`, $lt: endKey(attempt) }) })
    await pieces.deleteOne({ _id: endKey(attempt) })
  }

  async function findEnd(id: FileId) {
    const found = await pieces.findOne({ fileId: storableText(id) }).lean()
    if (!found) return undefined
    const { _id, pieces: count = 0, header, mac } = found
    if (!header || !mac) throw new TypeError('a file without header or mac')
    return { attempt: attemptOf(_id), count, header: bytesOf(header), mac: bytesOf(mac) }
  }

  function inPieces({ attempt, count, header, mac }: NonNullable<Awaited<ReturnType<typeof findEnd>>>): FileInPieces {
    async function* read(from = 0): AsyncGenerator<Uint8Array> {
      for (let at = from; at < count; at++) {
        const found = await translating(() => pieces.findOne({ _id: pieceKey(attempt, at) }).lean())
        if (!found?.bytes) throw pieceMissing(at)
        yield bytesOf(found.bytes)
      }
    }
    return { form: 'pieces', header, mac, count, pieces: read }
  }

  return {
    write(id, at) {
      storableText(id)
      storableInteger(at)
      const attempt = new mongoose.Types.ObjectId().toHexString()
      return collectPieces({
        store: (bytes, from) => translating(() => store(attempt, at, bytes, from)),
        finish: (bytes, from, end) =>
          translating(async () => {
            await store(attempt, at, bytes, from)
            await finish(attempt, id, from + bytes.length, end)
          }),
        abandon: () => translating(() => abandon(attempt)),
      })
    },
    read: (id) =>
      translating(async () => {
        const found = await findEnd(id)
        if (found) return inPieces(found)
        const whole = await files.findOne({ _id: id }).lean()
        return whole ? ({ form: 'whole', bytes: bytesOf(whole.bytes) } satisfies WholeFile) : undefined
      }),
    has: (id) =>
      translating(async () => (await pieces.exists({ fileId: storableText(id) })) !== null || (await files.exists({ _id: id })) !== null),
    delete: (id) =>
      translating(async () => {
        await files.deleteOne({ _id: storableText(id) })
        const going = { $set: { at: GOING }, $unset: { fileId: 1, pieces: 1, header: 1, mac: 1 } }
        const found = await pieces.findOneAndUpdate({ fileId: id }, going).lean()
        if (found) await remove(attemptOf(found._id))
      }),
    removeAbandoned: (before) =>
      translating(async () => {
        for (const { _id } of await pieces.find({ at: trusted({ $lt: storableInteger(before) }) }, { _id: 1 }).lean())
          await abandon(attemptOf(_id))
      }),
  }
}
