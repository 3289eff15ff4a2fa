// The log in SQLite. Within one transaction every commit gets its own answer: only commitNumber = head + 1 is stored, so a case is
// dense, and what could not be stored leaves no trace.
import { countedBytes } from '#server/storage/destroyed-bytes.ts'
import type { BodyToDestroy, Commit, LogStore, StoredEvent } from '#server/storage/ports.ts'
import { endOfRead, storableInteger, storablePlaces, storableText } from '#server/storage/storable.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type CommandId } from '#shared/kernel/ids.ts'
import { createAppend } from './append-commits.ts'
import type { CommitGate, Schedule } from './commit-gate.ts'
import type { Database } from './database.ts'
import { createBodyDestroyer, type StoredBody } from './destroy-bodies.ts'
import { openDirectories } from './log-directories.ts'
import type { CaseDirectory, RowPlace } from './log-directory.ts'
import { COMMIT_COLUMNS, commitsOf, EVENT_COLUMNS, eventAt } from './log-rows.ts'
import { integerAt, textAt } from './rows.ts'

const CASE = '(SELECT k FROM log_case WHERE case_id = ?)'

export function createSqliteLogStore(database: Database, gate: CommitGate, schedule: Schedule): LogStore {
  const findHead = database.prepare(
    'SELECT (SELECT max(commit_number) FROM log_event WHERE k = log_case.k) FROM log_case WHERE case_id = ?',
  )
  const selectCase = database.prepare(
    `SELECT ${COMMIT_COLUMNS} FROM log_event WHERE k = ${CASE} AND commit_number > ? AND commit_number <= ? ORDER BY commit_number, i`,
  )
  // Found by where the directory says that it lies: no row of any other audience is looked at on the way to it.
  const selectEvent = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM log_event WHERE k = ? AND commit_number = ? AND i = ? AND audience = ? AND seq = ?`,
  )
  // Cases are named only together with their first commit, except when that one was refused: those have no events.
  const selectCaseIds = database.prepare(
    'SELECT case_id FROM log_case WHERE EXISTS (SELECT 1 FROM log_event WHERE k = log_case.k) ORDER BY case_id',
  )
  const directories = openDirectories(database)
  gate.onRollback(directories.forgetAll)

  function readCase(caseId: CaseId, after: number, limit: number): readonly Commit[] {
    const rows = selectCase.all([caseId, after, endOfRead(after, limit)])
    const commits = commitsOf(caseId, rows)
    directories.read(caseId, after, { rows, isShort: commits.length < limit })
    return commits
  }

  /** However busy other audiences are, these are as many steps: what a page takes tells its reader nothing of them. */
  function eventsAt(directory: CaseDirectory, audience: Audience, places: readonly RowPlace[]): readonly StoredEvent[] {
    return places.flatMap(({ commitNumber, i, seq }) => {
      const row = selectEvent.get([directory.k, commitNumber, i, audience, seq])
      return row ? eventAt(row, 0) : []
    })
  }

  function findBody({ caseId, audience, epoch, seq }: BodyToDestroy): StoredBody | undefined {
    const directory = directories.find(caseId)
    const commitNumber = directory?.placeOf(audience, seq)?.commitNumber
    const commit = commitNumber === undefined ? undefined : readCase(caseId, commitNumber - 1, 1)[0]
    const i = commit?.events.findIndex((event) => event.audience === audience && event.seq === seq && event.epoch === epoch) ?? -1
    const encryptedBody = commit?.events[i]?.encryptedBody
    if (!directory || !commit || !encryptedBody) return undefined
    return { k: directory.k, commitNumber: commit.commitNumber, i, commit, encryptedBody, countedBytes: countedBytes(encryptedBody.length) }
  }

  return {
    append: createAppend(database, gate, directories),
    destroyBodies: createBodyDestroyer({ database, gate, schedule, find: findBody }),
    readCase: async (caseId, after, limit) => readCase(caseId, after, limit),
    readAudience: async (caseId, audience, after, limit) => {
      const directory = directories.find(caseId)
      const places = directory?.placesBehind(storableText(audience) as Audience, storableInteger(after), storableInteger(limit))
      return directory && places ? eventsAt(directory, audience, places) : []
    },
    readPlaces: async (caseId, audience, seqs) => {
      const directory = directories.find(caseId)
      const places = storablePlaces(seqs).flatMap((seq) => directory?.placeOf(storableText(audience) as Audience, seq) ?? [])
      return directory ? eventsAt(directory, audience, places) : []
    },
    findCommand: async (caseId, by, commandId) => {
      const commitNumber = directories.find(caseId)?.commandAt(storableText(by) as By, storableText(commandId) as CommandId)
      return commitNumber === undefined ? undefined : readCase(caseId, commitNumber - 1, 1)[0]
    },
    headOf: async (caseId) => {
      const row = findHead.get([caseId])
      return row && row[0] !== null ? integerAt(row, 0) : 0
    },
    caseIds: async () => selectCaseIds.all([]).map((row) => asId<CaseId>(textAt(row, 0))),
  }
}
