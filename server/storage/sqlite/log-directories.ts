// The directories of the cases in use (log-directory.ts). A case that is read from its beginning, page by page, gets its directory along
// the way, so that a long one stops nobody; whoever needs it sooner has the rest read at once.
import { RecentlyUsed } from '#server/kernel/recently-used.ts'
import type { Commit } from '#server/storage/ports.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { Database, Row } from './database.ts'
import { CaseDirectory } from './log-directory.ts'
import { DIRECTORY_COLUMNS, directoryRow } from './log-rows.ts'
import { integerAt } from './rows.ts'

/** Events noted in memory at most, some hundred bytes each. */
const MAX_NOTED = 500_000

interface Growing {
  readonly directory: CaseDirectory
  /** Whether all of the case's rows are in it. */
  complete: boolean
}

export interface Directories {
  /** Undefined for a case that was never written to. */
  find(caseId: CaseId): CaseDirectory | undefined
  /** Makes the case a place in the file; inside a transaction. */
  toWrite(caseId: CaseId): CaseDirectory
  /** What was stored just now. */
  stored(commit: Commit): void
  /** The rows that were read behind `after`; `isShort`: of fewer commits than were asked for. */
  read(caseId: CaseId, after: number, page: { readonly rows: readonly Row[]; readonly isShort: boolean }): void
  forgetAll(): void
}

export function openDirectories(database: Database, maxNoted = MAX_NOTED): Directories {
  const findCase = database.prepare('SELECT k FROM log_case WHERE case_id = ?')
  const insertCase = database.prepare('INSERT INTO log_case (case_id) VALUES (?)')
  const selectRows = database.prepare(
    `SELECT ${DIRECTORY_COLUMNS} FROM log_event WHERE k = ? AND commit_number > ? ORDER BY commit_number, i`,
  )
  const selectLast = database.prepare('SELECT max(commit_number) FROM log_event WHERE k = ?')
  const known = new RecentlyUsed<CaseId, Growing>(maxNoted, ({ directory }) => directory.rows)

  function lastNumberOf(k: number): unknown {
    return selectLast.get([k])?.[0] ?? 0
  }

  function opened(caseId: CaseId): Growing | undefined {
    const found = known.get(caseId)
    if (found) return found
    const row = findCase.get([caseId])
    return row && { directory: new CaseDirectory(integerAt(row, 0)), complete: false }
  }

  function find(caseId: CaseId): CaseDirectory | undefined {
    const found = opened(caseId)
    if (!found || found.complete) return found?.directory
    const { directory } = found
    for (const row of selectRows.all([directory.k, directory.commitNumber])) directory.note(directoryRow(row))
    found.complete = true
    known.set(caseId, found)
    return directory
  }

  return {
    find,
    toWrite(caseId) {
      const found = find(caseId)
      if (found) return found
      insertCase.run([caseId])
      return this.toWrite(caseId)
    },
    stored(commit) {
      const found = known.get(commit.caseId)
      found?.directory.noteCommit(commit)
      if (found) known.set(commit.caseId, found)
    },
    read(caseId, after, { rows, isShort }) {
      const found = opened(caseId)
      if (!found || found.complete || found.directory.commitNumber !== after) return
      for (const row of rows) found.directory.note(directoryRow(row))
      // In a damaged file a page may be short because something is missing in it.
      found.complete = isShort && lastNumberOf(found.directory.k) === found.directory.commitNumber
      known.set(caseId, found)
    },
    forgetAll: () => known.clear(),
  }
}
