// Writing commits: each gets its own answer, within one transaction where that is possible.
import { answersOrFailure } from '#server/storage/failure.ts'
import type { AppendAnswer, Commit } from '#server/storage/ports.ts'
import { requireStorableCommit } from '#server/storage/storable.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { appendBatch } from './append-batch.ts'
import type { CommitGate } from './commit-gate.ts'
import { type Database, isFaultOfValue } from './database.ts'
import type { Directories } from './log-directories.ts'
import { COMMIT_COLUMNS } from './log-rows.ts'

type Append = (commits: readonly Commit[]) => Promise<readonly AppendAnswer[]>

export function createAppend(database: Database, gate: CommitGate, directories: Directories): Append {
  const insertEvent = database.prepare(
    `INSERT INTO log_event (k, ${COMMIT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  async function append(commits: readonly Commit[]): Promise<readonly AppendAnswer[]> {
    const writing = gate.enter(() =>
      appendBatch(commits, { keyOf: ({ caseId }) => caseId, requireStorable: requireStorableCommit, appendOne }),
    )
    try {
      return await writing
    } catch (error) {
      if (!isFaultOfValue(error)) return answersOrFailure(writing, commits.length)
      return commits.length > 1 ? appendOneByOne(commits) : ['unstorable']
    }
  }

  /** After one of them made the whole transaction come to nothing: it alone fails, and what comes behind it in its case waits. */
  async function appendOneByOne(commits: readonly Commit[]): Promise<readonly AppendAnswer[]> {
    const broken = new Set<CaseId>()
    const answers: AppendAnswer[] = []
    for (const commit of commits) {
      const [answer = 'unknown'] = broken.has(commit.caseId) ? (['blocked'] as const) : await append([commit])
      if (answer !== 'stored') broken.add(commit.caseId)
      answers.push(answer)
    }
    return answers
  }

  function appendOne(commit: Commit): AppendAnswer {
    const directory = directories.toWrite(commit.caseId)
    if (commit.commitNumber > directory.commitNumber + 1) return 'blocked'
    if (directory.commandAt(commit.by, commit.commandId) !== undefined) return 'duplicate'
    if (commit.commitNumber <= directory.commitNumber || directory.hasPlaceOf(commit.events)) return 'taken'
    insertEvents(directory.k, commit)
    directories.stored(commit)
    return 'stored'
  }

  function insertEvents(k: number, commit: Commit): void {
    for (const [i, event] of commit.events.entries()) {
      const command = i === 0 ? ([commit.by, commit.commandId, commit.commandMac] as const) : ([null, null, null] as const)
      const { audience, epoch, seq, type, version, by, at, seen, bodyDigest, previous, hash } = event
      const body = event.encryptedBody ?? null
      const header = [audience, epoch, seq, type, version, by, at, seen] as const
      insertEvent.run([k, commit.commitNumber, i, ...command, ...header, body, bodyDigest, previous, hash, event.destroyedBytes ?? null])
    }
  }

  return append
}
