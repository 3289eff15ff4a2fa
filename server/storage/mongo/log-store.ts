// The log in MongoDB: one commit is one document; three unique indexes say the rest.
import mongoose, { type Model } from 'mongoose'
import type { Commit, LogStore } from '#server/storage/ports.ts'
import { endOfRead, requireStorableCommit, storablePlaces, storableText } from '#server/storage/storable.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { createRunAppender } from './append-runs.ts'
import { collectBatches } from './collect-batches.ts'
import { createBodyDestroyer } from './destroy-bodies.ts'
import { type CommitDocument, commitDocument, commitOf, eventOf } from './documents.ts'
import { translating } from './errors.ts'
import { insertDocuments } from './insert-documents.ts'

const { trusted } = mongoose

export function createMongoLogStore(commits: Model<CommitDocument>, schedule: (run: () => void) => void): LogStore {
  const appender = createRunAppender<Commit, 'taken' | 'duplicate', CaseId>({
    keyOf: (commit) => commit.caseId,
    numberOf: (commit) => commit.commitNumber,
    requireStorable: requireStorableCommit,
    reached: async (places) => {
      const found = await commits
        .find({ $or: places.map(({ key, number }) => ({ caseId: key, commitNumber: number })) }, { caseId: 1 })
        .lean()
      return new Set(found.map((one) => asId<CaseId>(one.caseId)))
    },
    insert: (items, ordered) => insertDocuments(commits, items.map(commitDocument), ordered),
    refusalOf: async ({ caseId, by, commandId }) => ((await commits.exists({ caseId, by, commandId })) ? 'duplicate' : 'taken'),
  })

  async function headOf(caseId: CaseId): Promise<number> {
    const [last] = await commits
      .find({ caseId: storableText(caseId) }, { commitNumber: 1 })
      .sort({ commitNumber: -1 })
      .limit(1)
      .lean()
    if (last) appender.saw(caseId, last.commitNumber)
    return last?.commitNumber ?? 0
  }

  return {
    append: collectBatches(appender.append, (commit) => commit.caseId, schedule),
    destroyBodies: createBodyDestroyer(commits),
    readCase: (caseId, after, limit) =>
      translating(async () => {
        const range = trusted({ $gt: after, $lte: endOfRead(after, limit) })
        const found = await commits
          .find({ caseId: storableText(caseId), commitNumber: range })
          .sort({ commitNumber: 1 })
          .lean()
        const last = found.at(-1)
        if (last) appender.saw(caseId, last.commitNumber)
        return found.map(commitOf)
      }),
    readAudience: (caseId, audience, after, limit) =>
      translating(async () => {
        // numbers have no gaps: the rest of a long conversation is not looked at
        const place = { audience: storableText(audience), seq: { $gt: after, $lte: after + limit } }
        const found = await commits
          .find({ caseId: storableText(caseId), events: trusted({ $elemMatch: place }) }, { events: 1 })
          .sort({ commitNumber: 1 })
          .limit(limit)
          .lean()
        return found
          .flatMap((commit) => commit.events)
          .filter((event) => event.audience === audience && event.seq > after)
          .slice(0, limit)
          .map(eventOf)
      }),
    readPlaces: (caseId, audience, seqs) =>
      translating(async () => {
        const asked = new Set(storablePlaces(seqs))
        if (asked.size === 0) return []
        const place = { audience: storableText(audience), seq: { $in: [...asked] } }
        const found = await commits
          .find({ caseId: storableText(caseId), events: trusted({ $elemMatch: place }) }, { events: 1 })
          .sort({ commitNumber: 1 })
          .lean()
        return found
          .flatMap((commit) => commit.events)
          .filter((event) => event.audience === audience && asked.has(event.seq))
          .map(eventOf)
      }),
    findCommand: (caseId, by, commandId) =>
      translating(async () => {
        const filter = { caseId: storableText(caseId), by: storableText(by), commandId: storableText(commandId) }
        const found = await commits.findOne(filter).lean()
        return found ? commitOf(found) : undefined
      }),
    headOf: (caseId) => translating(() => headOf(caseId)),
    caseIds: () => translating(async () => (await commits.distinct('caseId')).map((id) => asId<CaseId>(id)).sort()),
  }
}
