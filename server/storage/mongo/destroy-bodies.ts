// Takes bodies out of their commits: one update of one document each, by the event's place in it, so that compatible servers can do it.
// What the server of the database keeps besides (journal, oplog) ends by its own time: docs/operations.md.
import mongoose, { type Model } from 'mongoose'
import { countedBytes } from '#server/storage/destroyed-bytes.ts'
import type { BodyToDestroy } from '#server/storage/ports.ts'
import { storableBytes, storableInteger, storableText } from '#server/storage/storable.ts'
import { type CommitDocument, commitOf } from './documents.ts'
import { translating } from './errors.ts'

const { trusted } = mongoose

export function createBodyDestroyer(commits: Model<CommitDocument>): (bodies: readonly BodyToDestroy[]) => Promise<void> {
  async function destroyOne({ caseId, audience, epoch, seq, replacementMac }: BodyToDestroy): Promise<void> {
    const place = { audience: storableText(audience), seq: storableInteger(seq), epoch: storableInteger(epoch) }
    const found = await commits.findOne({ caseId: storableText(caseId), events: trusted({ $elemMatch: place }) }).lean()
    const commit = found && commitOf(found)
    const at = commit?.events.findIndex((event) => event.audience === audience && event.seq === seq && event.epoch === epoch) ?? -1
    const body = commit?.events[at]?.encryptedBody
    if (!commit || !body) return
    // Past mongoose, as insertions are; events keep their places in a commit for good.
    await commits.collection.updateOne(
      { caseId: commit.caseId, commitNumber: commit.commitNumber },
      {
        $unset: { [`events.${at}.encryptedBody`]: '' },
        $set: {
          [`events.${at}.destroyedBytes`]: countedBytes(body.length),
          commandMac: Buffer.from(storableBytes(replacementMac(commit))),
        },
      },
    )
  }

  return (bodies) =>
    translating(async () => {
      for (const body of bodies) await destroyOne(body)
    })
}
