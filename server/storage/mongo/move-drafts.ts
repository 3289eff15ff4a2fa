// Part of format 3: the one draft that each case had becomes its settlement, under the case's own id; bytes stay as they were. Documents
// move one by one into collections of their own, so that a start that was killed goes on where it stood, and two at once do no harm.
import type { Connection, Model, mongo } from 'mongoose'
import { asId, type CaseId, type DocumentId } from '#shared/kernel/ids.ts'
import { bytesOf, type EntryDocument, type SnapshotDocument, snapshotKey } from './documents.ts'
import { isDuplicateKey } from './errors.ts'

interface OldEntry {
  readonly _id: mongo.ObjectId
  readonly caseId: string
  readonly u: number
  readonly kind: string
  readonly by: string
  readonly at: number
  readonly sealed: mongo.Binary
}

interface OldSnapshot {
  readonly _id: string
  readonly u: number
  readonly sealed: mongo.Binary
}

const OLD_ENTRIES = 'draft_entries'
const OLD_SNAPSHOTS = 'draft_snapshots'

interface Target {
  readonly entries: Model<EntryDocument>
  readonly snapshots: Model<SnapshotDocument>
}

/** Before the number of the format is raised. */
export async function moveDrafts(data: Connection, { entries, snapshots }: Target): Promise<void> {
  const moved = new Set<string>()
  for await (const { _id: caseId, u, sealed } of data.collection<OldSnapshot>(OLD_SNAPSHOTS).find()) {
    moved.add(caseId)
    await keepFirst(snapshots, {
      _id: keyOf(caseId),
      caseId,
      documentId: caseId,
      revision: u,
      epoch: 0,
      encrypted: Buffer.from(bytesOf(sealed)),
    })
  }
  for await (const { sealed, u: revision, ...header } of data.collection<OldEntry>(OLD_ENTRIES).find()) {
    moved.add(header.caseId)
    await keepFirst(entries, { ...header, revision, documentId: header.caseId, epoch: 0, encrypted: Buffer.from(bytesOf(sealed)) })
  }
  // Another server may have done all this, served and compacted while this one was still moving: what was put back goes again.
  for (const caseId of moved) {
    const snapshot = await snapshots.findOne({ _id: keyOf(caseId) }, { revision: 1 }).lean()
    const covered = { caseId, documentId: caseId, kind: 'update', revision: { $lte: snapshot?.revision ?? 0 } }
    if (snapshot) await entries.collection.deleteMany(covered)
  }
}

/** The settlement's id is the case's. */
function keyOf(caseId: string): string {
  return snapshotKey({ caseId: asId<CaseId>(caseId), documentId: asId<DocumentId>(caseId) })
}

/** After it was raised: nobody reads them any more. */
export async function dropOldDrafts(data: Connection): Promise<void> {
  const isThere = async (name: string) => (await data.listCollections()).some((each) => each.name === name)
  for (const name of [OLD_ENTRIES, OLD_SNAPSHOTS]) {
    if (!(await isThere(name))) continue
    try {
      await data.dropCollection(name)
    } catch (error) {
      if (await isThere(name)) throw error // else another server that starts as well was faster
    }
  }
}

/** The same `_id` as before, or one that follows from the ids: a second time changes nothing. */
async function keepFirst<Document extends object>(model: Model<Document>, document: object): Promise<void> {
  try {
    await model.collection.insertOne(document as never) // past mongoose's casting, as appending does
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
  }
}
