// Part of format 3: fields of commits get the glossary's names. Commit by commit, each in one write, so that a start that was killed goes on
// where it stood, and two at once do no harm; the old unique indexes go first, for they would find their fields missing.
import type { Connection, mongo } from 'mongoose'

const OLD_INDEXES = ['caseId_1_n_1', 'caseId_1_events.audience_1_events.m_1']

interface OldCommit {
  readonly _id: mongo.ObjectId
  readonly n: number
  readonly events: readonly Readonly<Record<string, unknown>>[]
}

/** Before indexes are made and the number of the format is raised. */
export async function renameFields(data: Connection): Promise<void> {
  if (!(await data.listCollections()).some(({ name }) => name === 'log_commits')) return
  const commits = data.collection<OldCommit>('log_commits')
  for (const { name } of await commits.indexes()) {
    if (name !== undefined && OLD_INDEXES.includes(name)) await commits.dropIndex(name).catch(() => undefined) // another server was faster
  }
  for await (const { _id, n, events, ...same } of commits.find({ n: { $exists: true } })) {
    await commits.replaceOne({ _id, n: { $exists: true } }, { ...same, commitNumber: n, events: events.map(renamedEvent) } as never)
  }
}

function renamedEvent({ m, sealedBody, ...same }: Readonly<Record<string, unknown>>): object {
  return { ...same, seq: m, ...(sealedBody === undefined ? {} : { encryptedBody: sealedBody }) }
}
