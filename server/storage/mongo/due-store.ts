// Steps by their times, in MongoDB. Several servers lease from one collection: a lease counts for those steps that it was written into.
import mongoose, { type Model } from 'mongoose'
import { LONGEST_HOLD_MS } from '#server/storage/longest-hold.ts'
import type { DueStep, DueStore, LeasedStep } from '#server/storage/ports.ts'
import { storableBytes, storableInteger, storableText } from '#server/storage/storable.ts'
import { bytesOf, type DueDocument } from './documents.ts'
import { isDuplicateKey, translating } from './errors.ts'

const { trusted } = mongoose

export function createMongoDueStore(steps: Model<DueDocument>): DueStore {
  async function lease({ now, until, lease, limit }: Parameters<DueStore['lease']>[0]): Promise<readonly LeasedStep[]> {
    const found = await steps.find(readyAt(now), { _id: 1 }).sort({ readyAt: 1, _id: 1 }).limit(limit).lean()
    if (found.length === 0) return []
    const ids = found.map(({ _id }) => _id)
    // Whatever another server has leased in between is ready no more.
    await steps.updateMany({ $and: [{ _id: trusted({ $in: ids }) }, readyAt(now)] }, { $set: { lease, readyAt: until, isHeld: true } })
    const leased = new Map((await steps.find({ lease }).lean()).map((each) => [each._id, each]))
    return ids.flatMap((id) => {
      const each = leased.get(id)
      return each ? [{ id, at: each.at, encrypted: bytesOf(each.encrypted), lease, failures: each.failures }] : []
    })
  }

  return {
    schedule: (step) =>
      translating(async () => {
        const { _id, ...fields } = documentOf(step)
        try {
          await steps.replaceOne({ _id }, fields, { upsert: true })
        } catch (error) {
          if (!isDuplicateKey(error)) throw error
          await steps.replaceOne({ _id }, fields) // somebody else has just made it
        }
      }),
    cancel: (id) =>
      translating(async () => {
        await steps.deleteOne({ _id: storableText(id) })
      }),
    lease: (terms) => translating(() => lease(terms)),
    finish: ({ id, lease: held }, next) =>
      translating(async () => {
        const own = { _id: storableText(id), lease: storableText(held) }
        if (!next) return (await steps.deleteOne(own)).deletedCount === 1
        const { _id, ...fields } = documentOf(next)
        return (await steps.replaceOne(own, fields)).matchedCount === 1
      }),
    giveBack: ({ id, lease: held, failures }, at) =>
      translating(async () => {
        const own = { _id: storableText(id), lease: storableText(held) }
        const resting = { readyAt: storableInteger(at), failures: storableInteger(failures) }
        return (await steps.updateOne(own, { $set: resting, $unset: { lease: 1 } })).matchedCount === 1
      }),
    nextAt: () => translating(async () => (await steps.findOne({}, { readyAt: 1 }).sort({ readyAt: 1 }).lean())?.readyAt),
  }
}

function readyAt(now: number) {
  const overheld = { isHeld: true, at: trusted({ $lte: now }), readyAt: trusted({ $gt: now + LONGEST_HOLD_MS }) }
  return { $or: [{ readyAt: trusted({ $lte: now }) }, overheld] }
}

function documentOf({ id, at, encrypted }: DueStep): DueDocument {
  const bytes = Buffer.from(storableBytes(encrypted))
  return { _id: storableText(id), at: storableInteger(at), encrypted: bytes, readyAt: at, failures: 0 }
}
