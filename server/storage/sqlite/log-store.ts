// The log in SQLite. Within one transaction every commit gets its own answer: only commitNumber = head + 1 is stored, so a case is
// dense, and what could not be stored leaves no trace.

import { countedBytes } from '#server/storage/destroyed-bytes.ts'
import { answersOrFailure } from '#server/storage/failure.ts'
import type { AppendAnswer, BodyToDestroy, Commit, LogStore, StoredEvent } from '#server/storage/ports.ts'
import {
  endOfRead,
  requireStorableCommit,
  storableInteger,
  storablePlaces,
  storableText,
  UnstorableError,
} from '#server/storage/storable.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { CommitGate, Schedule } from './commit-gate.ts'
import { type Database, isFaultOfValue, type Row } from './database.ts'
import { createBodyDestroyer, type StoredBody } from './destroy-bodies.ts'
import { CaseDirectory, type DirectoryRow } from './log-directory.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

const EVENT_COLUMNS = 'audience, epoch, seq, type, version, by, at, seen, encrypted_body, body_digest, previous, hash, destroyed_bytes'
const COMMIT_COLUMNS = `commit_number, i, command_by, command_id, command_mac, ${EVENT_COLUMNS}`
const CASE = '(SELECT k FROM log_case WHERE case_id = ?)'
/** Events noted in memory at most, some hundred bytes each; beyond, all is forgotten and read again as it is needed. */
const MAX_NOTED = 500_000

export function createSqliteLogStore(database: Database, gate: CommitGate, schedule: Schedule): LogStore {
  const findCase = database.prepare('SELECT k FROM log_case WHERE case_id = ?')
  const findHead = database.prepare(
    'SELECT (SELECT max(commit_number) FROM log_event WHERE k = log_case.k) FROM log_case WHERE case_id = ?',
  )
  const insertCase = database.prepare('INSERT INTO log_case (case_id) VALUES (?)')
  const insertEvent = database.prepare(
    `INSERT INTO log_event (k, ${COMMIT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const selectDirectory = database.prepare(
    'SELECT commit_number, command_by, command_id, audience, seq FROM log_event WHERE k = ? ORDER BY commit_number, i',
  )
  const selectCase = database.prepare(
    `SELECT ${COMMIT_COLUMNS} FROM log_event WHERE k = ${CASE} AND commit_number > ? AND commit_number <= ? ORDER BY commit_number, i`,
  )
  const selectAudience = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM log_event WHERE k = ? AND commit_number BETWEEN ? AND ? AND audience = ? AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const selectPlace = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM log_event WHERE k = ? AND commit_number = ? AND audience = ? AND seq = ?`,
  )
  // Cases are named only together with their first commit, except when that one was refused: those have no events.
  const selectCaseIds = database.prepare(
    'SELECT case_id FROM log_case WHERE EXISTS (SELECT 1 FROM log_event WHERE k = log_case.k) ORDER BY case_id',
  )

  const directories = new Map<CaseId, CaseDirectory>()
  let noted = 0
  gate.onRollback(forgetAll)

  function forgetAll(): void {
    directories.clear()
    noted = 0
  }

  function knownCase(caseId: CaseId): CaseDirectory | undefined {
    const known = directories.get(caseId)
    if (known) return known
    const row = findCase.get([caseId])
    return row && openDirectory(caseId, integerAt(row, 0))
  }

  function openDirectory(caseId: CaseId, k: number): CaseDirectory {
    const directory = new CaseDirectory(k, selectDirectory.all([k]).map(directoryRow))
    if (noted > MAX_NOTED) forgetAll()
    noted += directory.rows
    directories.set(caseId, directory)
    return directory
  }

  function caseToWrite(caseId: CaseId): CaseDirectory {
    const known = knownCase(caseId)
    if (known) return known
    insertCase.run([caseId])
    return caseToWrite(caseId)
  }

  async function append(commits: readonly Commit[]): Promise<readonly AppendAnswer[]> {
    const writing = gate.enter(() => appendAll(commits))
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

  function appendAll(commits: readonly Commit[]): AppendAnswer[] {
    /** Cases of which an earlier commit in this batch was not stored. */
    const broken = new Set<CaseId>()
    return commits.map((commit) => {
      const answer = broken.has(commit.caseId) ? 'blocked' : appendOne(commit)
      // What comes behind it in its case must not be stored either.
      if (answer !== 'stored') broken.add(commit.caseId)
      return answer
    })
  }

  function appendOne(commit: Commit): AppendAnswer {
    try {
      requireStorableCommit(commit)
    } catch (error) {
      if (error instanceof UnstorableError) return 'unstorable'
      throw error
    }
    const directory = caseToWrite(commit.caseId)
    if (commit.commitNumber > directory.commitNumber + 1) return 'blocked'
    if (directory.commandAt(commit.by, commit.commandId) !== undefined) return 'duplicate'
    if (commit.commitNumber <= directory.commitNumber || directory.hasPlaceOf(commit.events)) return 'taken'
    insertEvents(directory.k, commit)
    directory.noteCommit(commit)
    noted += commit.events.length
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

  function readCase(caseId: CaseId, after: number, limit: number): readonly Commit[] {
    return commitsOf(caseId, selectCase.all([caseId, after, endOfRead(after, limit)]))
  }

  function findBody({ caseId, audience, epoch, seq }: BodyToDestroy): StoredBody | undefined {
    const directory = knownCase(caseId)
    const commitNumber = directory?.range(audience, seq - 1, 1)?.from
    const commit = commitNumber === undefined ? undefined : readCase(caseId, commitNumber - 1, 1)[0]
    const i = commit?.events.findIndex((event) => event.audience === audience && event.seq === seq && event.epoch === epoch) ?? -1
    const encryptedBody = commit?.events[i]?.encryptedBody
    if (!directory || !commit || !encryptedBody) return undefined
    return { k: directory.k, commitNumber: commit.commitNumber, i, commit, encryptedBody, countedBytes: countedBytes(encryptedBody.length) }
  }

  return {
    append,
    destroyBodies: createBodyDestroyer({ database, gate, schedule, find: findBody }),
    readCase: async (caseId, after, limit) => readCase(caseId, after, limit),
    readAudience: async (caseId, audience, after, limit) => {
      const directory = knownCase(caseId)
      const range = directory?.range(storableText(audience) as Audience, storableInteger(after), storableInteger(limit))
      if (!directory || !range) return []
      return selectAudience.all([directory.k, range.from, range.to, audience, after, limit]).map((row) => eventAt(row, 0))
    },
    readPlaces: async (caseId, audience, seqs) => {
      const directory = knownCase(caseId)
      return storablePlaces(seqs).flatMap((seq) => {
        const commitNumber = directory?.commitOf(storableText(audience) as Audience, seq)
        const row = commitNumber === undefined ? undefined : selectPlace.get([directory?.k ?? 0, commitNumber, audience, seq])
        return row ? [eventAt(row, 0)] : []
      })
    },
    findCommand: async (caseId, by, commandId) => {
      const commitNumber = knownCase(caseId)?.commandAt(storableText(by) as By, storableText(commandId) as CommandId)
      return commitNumber === undefined ? undefined : readCase(caseId, commitNumber - 1, 1)[0]
    },
    headOf: async (caseId) => {
      const row = findHead.get([caseId])
      return row && row[0] !== null ? integerAt(row, 0) : 0
    },
    caseIds: async () => selectCaseIds.all([]).map((row) => asId<CaseId>(textAt(row, 0))),
  }
}

function directoryRow(row: Row): DirectoryRow {
  const first = row[1] !== null
  return {
    commitNumber: integerAt(row, 0),
    by: first ? byAt(row, 1) : null,
    commandId: first ? asId<CommandId>(textAt(row, 2)) : null,
    audience: textAt(row, 3) as Audience, // as in eventAt
    seq: integerAt(row, 4),
  }
}

function commitsOf(caseId: CaseId, rows: readonly Row[]): readonly Commit[] {
  const commits: (Omit<Commit, 'events'> & { readonly events: StoredEvent[] })[] = []
  for (const row of rows) {
    if (integerAt(row, 1) === 0) {
      commits.push({
        caseId,
        commitNumber: integerAt(row, 0),
        by: byAt(row, 2),
        commandId: asId<CommandId>(textAt(row, 3)),
        commandMac: bytesAt(row, 4),
        events: [],
      })
    }
    commits.at(-1)?.events.push(eventAt(row, 5))
  }
  return commits
}

function eventAt(row: Row, at: number): StoredEvent {
  return {
    // Written from an Audience by this file alone.
    audience: textAt(row, at) as Audience,
    epoch: integerAt(row, at + 1),
    seq: integerAt(row, at + 2),
    type: textAt(row, at + 3),
    version: integerAt(row, at + 4),
    by: byAt(row, at + 5),
    at: integerAt(row, at + 6),
    seen: textAt(row, at + 7),
    encryptedBody: row[at + 8] === null ? undefined : bytesAt(row, at + 8),
    bodyDigest: bytesAt(row, at + 9),
    previous: bytesAt(row, at + 10),
    hash: bytesAt(row, at + 11),
    ...(row[at + 12] === null ? {} : { destroyedBytes: integerAt(row, at + 12) }),
  }
}

function byAt(row: Row, at: number): By {
  return asId<ParticipantId>(textAt(row, at))
}
