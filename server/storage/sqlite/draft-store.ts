// Drafts in SQLite: one dense sequence per case. Compaction removes updates, never marks, and never lowers the head.

import { answersOrFailure } from '#server/storage/failure.ts'
import type { DraftAppendAnswer, DraftEntry, DraftEntryKind, DraftSnapshot, DraftStore } from '#server/storage/ports.ts'
import { requireStorableEntry, storableBytes, UnstorableError } from '#server/storage/storable.ts'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database, Row } from './database.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

const ENTRY_COLUMNS = 'u, kind, by, at, sealed'
const MAX_REMEMBERED = 10_000
const DRAFT = '(SELECT d FROM draft WHERE case_id = ?)'

interface Last {
  readonly d: number
  readonly u: number
}

interface Head {
  readonly d: number
  u: number
  broken: boolean
}

export function createSqliteDraftStore(database: Database, gate: CommitGate): DraftStore {
  const findHead = database.prepare(
    'SELECT d, max(snapshot_u, coalesce((SELECT max(u) FROM draft_entry WHERE d = draft.d), 0)) FROM draft WHERE case_id = ?',
  )
  const insertDraft = database.prepare('INSERT OR IGNORE INTO draft (case_id) VALUES (?)')
  const insertEntry = database.prepare(`INSERT INTO draft_entry (d, ${ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`)
  const selectEntries = database.prepare(`SELECT ${ENTRY_COLUMNS} FROM draft_entry WHERE d = ${DRAFT} AND u > ? ORDER BY u LIMIT ?`)
  const selectMarks = database.prepare(`SELECT ${ENTRY_COLUMNS} FROM draft_entry WHERE d = ${DRAFT} AND kind <> 'update' ORDER BY u`)
  const selectSnapshot = database.prepare('SELECT snapshot_u, snapshot FROM draft WHERE case_id = ? AND snapshot IS NOT NULL')
  const replaceSnapshot = database.prepare('UPDATE draft SET snapshot_u = ?, snapshot = ? WHERE case_id = ? AND snapshot_u < ?')
  const removeCovered = database.prepare(`DELETE FROM draft_entry WHERE d = ${DRAFT} AND u <= ? AND kind = 'update'`)

  // This process alone writes to the file: what it stored last in a draft need not be looked up for the next.
  const lastOf = new Map<CaseId, Last>()
  gate.onRollback(() => lastOf.clear())

  function headOfDraft(caseId: CaseId): Head {
    const last = lastOf.get(caseId) ?? lookUp(caseId)
    return { ...last, broken: false }
  }

  function lookUp(caseId: CaseId): Last {
    const row = findHead.get([caseId])
    if (row) return { d: integerAt(row, 0), u: integerAt(row, 1) }
    insertDraft.run([caseId])
    return lookUp(caseId)
  }

  function remember(caseId: CaseId, { d, u }: Last): void {
    if (lastOf.size >= MAX_REMEMBERED) lastOf.clear()
    lastOf.set(caseId, { d, u })
  }

  function appendAll(entries: readonly DraftEntry[]): DraftAppendAnswer[] {
    const heads = new Map<CaseId, Head>()
    return entries.map((entry) => {
      let head = heads.get(entry.caseId)
      try {
        requireStorableEntry(entry)
        head ??= headOfDraft(entry.caseId)
        heads.set(entry.caseId, head)
        const answer = appendOne(head, entry)
        if (answer === 'stored') {
          head.u = entry.u
          remember(entry.caseId, head)
        } else head.broken = true
        return answer
      } catch (error) {
        if (!(error instanceof UnstorableError)) throw error
        // What comes behind it in its draft must not be stored either.
        heads.set(entry.caseId, { d: 0, u: 0, ...head, broken: true })
        return 'unstorable'
      }
    })
  }

  function appendOne(head: Head, entry: DraftEntry): DraftAppendAnswer {
    if (head.broken || entry.u > head.u + 1) return 'blocked'
    if (entry.u <= head.u) return 'taken'
    insertEntry.run([head.d, entry.u, entry.kind, entry.by, entry.at, entry.sealed])
    return 'stored'
  }

  function compact(snapshot: DraftSnapshot): void {
    lastOf.delete(snapshot.caseId) // a snapshot may reach beyond the entries
    headOfDraft(snapshot.caseId)
    if (replaceSnapshot.run([snapshot.u, storableBytes(snapshot.sealed), snapshot.caseId, snapshot.u]) === 0) return
    removeCovered.run([snapshot.caseId, snapshot.u])
  }

  return {
    append: (entries) =>
      answersOrFailure(
        gate.enter(() => appendAll(entries)),
        entries.length,
      ),
    read: async (caseId, after, limit) => selectEntries.all([caseId, after, limit]).map((row) => entryOf(caseId, row)),
    readMarks: async (caseId) => selectMarks.all([caseId]).map((row) => entryOf(caseId, row)),
    headOf: async (caseId) => {
      const row = findHead.get([caseId])
      return row ? integerAt(row, 1) : 0
    },
    snapshot: async (caseId) => {
      const row = selectSnapshot.get([caseId])
      return row && { caseId, u: integerAt(row, 0), sealed: bytesAt(row, 1) }
    },
    compact: (snapshot) => gate.enter(() => compact(snapshot)),
  }
}

function entryOf(caseId: CaseId, row: Row): DraftEntry {
  return {
    caseId,
    u: integerAt(row, 0),
    // Written from a DraftEntryKind by this file alone.
    kind: textAt(row, 1) as DraftEntryKind,
    by: asId<ParticipantId>(textAt(row, 2)),
    at: integerAt(row, 3),
    sealed: bytesAt(row, 4),
  }
}
