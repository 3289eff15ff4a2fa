// The log in SQLite. Within one transaction every commit gets its own answer: only n = head + 1 is stored, so a case is
// dense, and what could not be stored leaves no trace.

import { answersOrFailure } from '#server/storage/failure.ts'
import type { AppendAnswer, Commit, LogStore, StoredEvent } from '#server/storage/ports.ts'
import { endOfRead, requireStorableCommit, UnstorableError } from '#server/storage/storable.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database, Row } from './database.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

const EVENT_COLUMNS = 'audience, epoch, m, type, version, by, at, seen, sealed_body, body_digest, previous, hash'
const COMMIT_COLUMNS = `n, i, command_by, command_id, command_mac, ${EVENT_COLUMNS}`
const MAX_REMEMBERED = 10_000
const CASE = '(SELECT k FROM log_case WHERE case_id = ?)'

interface Last {
  readonly k: number
  readonly n: number
}

interface Head {
  readonly k: number
  n: number
  /** An earlier commit of this case in this batch was not stored. */
  broken: boolean
}

export function createSqliteLogStore(database: Database, gate: CommitGate): LogStore {
  const findHead = database.prepare('SELECT k, (SELECT max(n) FROM log_event WHERE k = log_case.k) FROM log_case WHERE case_id = ?')
  const insertCase = database.prepare('INSERT OR IGNORE INTO log_case (case_id) VALUES (?)')
  const insertEvent = database.prepare(
    `INSERT OR IGNORE INTO log_event (k, ${COMMIT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const removeCommit = database.prepare('DELETE FROM log_event WHERE k = ? AND n = ?')
  const findCommandAt = database.prepare('SELECT n FROM log_event WHERE k = ? AND command_by = ? AND command_id = ? AND i = 0')
  const selectCase = database.prepare(`SELECT ${COMMIT_COLUMNS} FROM log_event WHERE k = ${CASE} AND n > ? AND n <= ? ORDER BY n, i`)
  const selectAudience = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM log_event WHERE k = ${CASE} AND audience = ? AND m > ? ORDER BY m LIMIT ?`,
  )
  // Cases are named only together with their first commit, except when that one was refused: those have no events.
  const selectCaseIds = database.prepare(
    'SELECT case_id FROM log_case WHERE EXISTS (SELECT 1 FROM log_event WHERE k = log_case.k) ORDER BY case_id',
  )

  // This process alone writes to the file: what it stored last in a case need not be looked up for the next.
  const lastOf = new Map<CaseId, Last>()
  gate.onRollback(() => lastOf.clear())

  function headOfCase(caseId: CaseId): Head {
    const last = lastOf.get(caseId) ?? lookUp(caseId)
    return { ...last, broken: false }
  }

  function lookUp(caseId: CaseId): Last {
    const row = findHead.get([caseId])
    if (row) return { k: integerAt(row, 0), n: row[1] === null ? 0 : integerAt(row, 1) }
    insertCase.run([caseId])
    return lookUp(caseId)
  }

  function remember(caseId: CaseId, { k, n }: Last): void {
    if (lastOf.size >= MAX_REMEMBERED) lastOf.clear()
    lastOf.set(caseId, { k, n })
  }

  function appendAll(commits: readonly Commit[]): AppendAnswer[] {
    const heads = new Map<CaseId, Head>()
    return commits.map((commit) => {
      let head = heads.get(commit.caseId)
      try {
        requireStorableCommit(commit)
        head ??= headOfCase(commit.caseId)
        heads.set(commit.caseId, head)
        const answer = appendOne(head, commit)
        if (answer === 'stored') {
          head.n = commit.n
          remember(commit.caseId, head)
        } else head.broken = true
        return answer
      } catch (error) {
        if (!(error instanceof UnstorableError)) throw error
        // What comes behind it in its case must not be stored either.
        heads.set(commit.caseId, { k: 0, n: 0, ...head, broken: true })
        return 'unavailable'
      }
    })
  }

  function appendOne(head: Head, commit: Commit): AppendAnswer {
    if (head.broken || commit.n > head.n + 1) return 'blocked'
    if (commit.n === head.n + 1) {
      if (insertEvents(head, commit)) return 'stored'
      removeCommit.run([head.k, commit.n])
    }
    return findCommandAt.get([head.k, commit.by, commit.commandId]) ? 'duplicate' : 'taken'
  }

  /** False when an event was ignored because of a unique index; those before it are then there. */
  function insertEvents(head: Head, commit: Commit): boolean {
    return commit.events.every((event, i) => {
      const command = i === 0 ? ([commit.by, commit.commandId, commit.commandMac] as const) : ([null, null, null] as const)
      const { audience, epoch, m, type, version, by, at, seen, bodyDigest, previous, hash } = event
      const body = event.sealedBody ?? null
      const header = [audience, epoch, m, type, version, by, at, seen] as const
      return insertEvent.run([head.k, commit.n, i, ...command, ...header, body, bodyDigest, previous, hash]) === 1
    })
  }

  function readCase(caseId: CaseId, after: number, limit: number): readonly Commit[] {
    return commitsOf(caseId, selectCase.all([caseId, after, endOfRead(after, limit)]))
  }

  return {
    append: (commits) =>
      answersOrFailure(
        gate.enter(() => appendAll(commits)),
        commits.length,
      ),
    readCase: async (caseId, after, limit) => readCase(caseId, after, limit),
    readAudience: async (caseId, audience, after, limit) =>
      selectAudience.all([caseId, audience, after, limit]).map((row) => eventAt(row, 0)),
    findCommand: async (caseId, by, commandId) => {
      const head = findHead.get([caseId])
      const found = head && findCommandAt.get([integerAt(head, 0), by, commandId])
      return found && readCase(caseId, integerAt(found, 0) - 1, 1)[0]
    },
    headOf: async (caseId) => {
      const row = findHead.get([caseId])
      return row && row[1] !== null ? integerAt(row, 1) : 0
    },
    caseIds: async () => selectCaseIds.all([]).map((row) => asId<CaseId>(textAt(row, 0))),
  }
}

function commitsOf(caseId: CaseId, rows: readonly Row[]): readonly Commit[] {
  const commits: (Omit<Commit, 'events'> & { readonly events: StoredEvent[] })[] = []
  for (const row of rows) {
    if (integerAt(row, 1) === 0) {
      commits.push({
        caseId,
        n: integerAt(row, 0),
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
    m: integerAt(row, at + 2),
    type: textAt(row, at + 3),
    version: integerAt(row, at + 4),
    by: byAt(row, at + 5),
    at: integerAt(row, at + 6),
    seen: textAt(row, at + 7),
    sealedBody: row[at + 8] === null ? undefined : bytesAt(row, at + 8),
    bodyDigest: bytesAt(row, at + 9),
    previous: bytesAt(row, at + 10),
    hash: bytesAt(row, at + 11),
  }
}

function byAt(row: Row, at: number): By {
  return asId<ParticipantId>(textAt(row, at))
}
