// Documents in SQLite: one dense sequence each. Compaction removes updates, never marks, and never lowers the head.

import { RecentlyUsed } from '#server/kernel/recently-used.ts'
import { answersOrFailure } from '#server/storage/failure.ts'
import type {
  DocumentCopy,
  DocumentPlace,
  DraftAppendAnswer,
  DraftEntry,
  DraftEntryKind,
  DraftSnapshot,
  DraftStore,
} from '#server/storage/ports.ts'
import { requireStorableCopy, requireStorableEntry, requireStorableSnapshot, UnstorableError } from '#server/storage/storable.ts'
import { asId, type DocumentId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database, Row } from './database.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

const ENTRY_COLUMNS = 'revision, kind, by, at, epoch, encrypted, previous, hash'
const MAX_REMEMBERED = 10_000
const DOCUMENT = '(SELECT d FROM document WHERE case_id = ? AND document_id = ?)'

interface Last {
  readonly d: number
  readonly revision: number
}

interface Head {
  readonly d: number
  revision: number
  broken: boolean
}

export function createSqliteDraftStore(database: Database, gate: CommitGate): DraftStore {
  const findHead = database.prepare(
    `SELECT d, max(snapshot_revision, coalesce((SELECT max(revision) FROM document_entry WHERE d = document.d), 0))
     FROM document WHERE case_id = ? AND document_id = ?`,
  )
  const insertDocument = database.prepare('INSERT OR IGNORE INTO document (case_id, document_id) VALUES (?, ?)')
  const insertEntry = database.prepare(`INSERT INTO document_entry (d, ${ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const selectEntries = database.prepare(
    `SELECT ${ENTRY_COLUMNS} FROM document_entry WHERE d = ${DOCUMENT} AND revision > ? ORDER BY revision LIMIT ?`,
  )
  const selectMarks = database.prepare(
    `SELECT ${ENTRY_COLUMNS} FROM document_entry WHERE d = ${DOCUMENT} AND kind <> 'update' ORDER BY revision`,
  )
  const selectSnapshot = database.prepare(
    'SELECT snapshot_revision, snapshot_epoch, snapshot FROM document WHERE case_id = ? AND document_id = ? AND snapshot IS NOT NULL',
  )
  const replaceSnapshot = database.prepare(
    'UPDATE document SET snapshot_revision = ?, snapshot_epoch = ?, snapshot = ? WHERE d = ? AND snapshot_revision < ?',
  )
  const removeCovered = database.prepare("DELETE FROM document_entry WHERE d = ? AND revision <= ? AND kind = 'update'")
  const insertCopy = database.prepare('INSERT OR IGNORE INTO document_archive (d, name, epoch, encrypted) VALUES (?, ?, ?, ?)')
  const selectCopies = database.prepare(`SELECT name FROM document_archive WHERE d = ${DOCUMENT} ORDER BY name`)
  const selectCopy = database.prepare(`SELECT epoch, encrypted FROM document_archive WHERE d = ${DOCUMENT} AND name = ?`)
  const removeCopy = database.prepare(`DELETE FROM document_archive WHERE d = ${DOCUMENT} AND name = ?`)
  const selectDocuments = database.prepare('SELECT document_id FROM document WHERE case_id = ? ORDER BY document_id')

  // This process alone writes to the file: what it stored last in a document need not be looked up for the next.
  const lastOf = new RecentlyUsed<string, Last>(MAX_REMEMBERED)
  gate.onRollback(() => lastOf.clear())

  function lookUp({ caseId, documentId }: DocumentPlace): Last {
    const row = findHead.get([caseId, documentId])
    if (row) return { d: integerAt(row, 0), revision: integerAt(row, 1) }
    insertDocument.run([caseId, documentId])
    return lookUp({ caseId, documentId })
  }

  function appendAll(entries: readonly DraftEntry[]): DraftAppendAnswer[] {
    const heads = new Map<string, Head>()
    return entries.map((entry) => {
      const key = keyOf(entry)
      let head = heads.get(key)
      try {
        requireStorableEntry(entry)
        head ??= { ...(lastOf.get(key) ?? lookUp(entry)), broken: false }
        heads.set(key, head)
        const answer = appendOne(head, entry)
        if (answer === 'stored') {
          head.revision = entry.revision
          lastOf.set(key, { d: head.d, revision: head.revision })
        } else head.broken = true
        return answer
      } catch (error) {
        if (!(error instanceof UnstorableError)) throw error
        // What comes behind it in its document must not be stored either.
        heads.set(key, { d: 0, revision: 0, ...head, broken: true })
        return 'unstorable'
      }
    })
  }

  function appendOne(head: Head, entry: DraftEntry): DraftAppendAnswer {
    if (head.broken || entry.revision > head.revision + 1) return 'blocked'
    if (entry.revision <= head.revision) return 'taken'
    const { revision, kind, by, at, epoch, encrypted, previous, hash } = entry
    insertEntry.run([head.d, revision, kind, by, at, epoch, encrypted, previous ?? null, hash ?? null])
    return 'stored'
  }

  function compact(snapshot: DraftSnapshot): void {
    requireStorableSnapshot(snapshot)
    lastOf.delete(keyOf(snapshot)) // a snapshot may reach beyond the entries
    const { d } = lookUp(snapshot)
    const { revision, epoch, encrypted } = snapshot
    if (replaceSnapshot.run([revision, epoch, encrypted, d, revision]) > 0) removeCovered.run([d, revision])
  }

  function archive(copy: DocumentCopy): void {
    requireStorableCopy(copy)
    insertCopy.run([lookUp(copy).d, copy.name, copy.epoch, copy.encrypted])
  }

  return {
    append: (entries) =>
      answersOrFailure(
        gate.enter(() => appendAll(entries)),
        entries.length,
      ),
    read: async (place, after, limit) => selectEntries.all([...idsOf(place), after, limit]).map((row) => entryOf(place, row)),
    readMarks: async (place) => selectMarks.all(idsOf(place)).map((row) => entryOf(place, row)),
    headOf: async (place) => {
      const row = findHead.get(idsOf(place))
      return row ? integerAt(row, 1) : 0
    },
    snapshot: async (place) => {
      const row = selectSnapshot.get(idsOf(place))
      return row && snapshotOf(place, row)
    },
    compact: (snapshot) => gate.enter(() => compact(snapshot)),
    archive: (copy) => gate.enter(() => archive(copy)),
    archived: async (place) => selectCopies.all(idsOf(place)).map((row) => textAt(row, 0)),
    archivedCopy: async (place, name) => {
      const row = selectCopy.get([...idsOf(place), name])
      return row && { ...place, name, epoch: integerAt(row, 0), encrypted: bytesAt(row, 1) }
    },
    removeArchived: (place, names) =>
      gate.enter(() => {
        for (const name of names) removeCopy.run([...idsOf(place), name])
      }),
    documentsOf: async (caseId) => selectDocuments.all([caseId]).map((row) => asId<DocumentId>(textAt(row, 0))),
  }
}

/** NUL stands in no id that is stored. */
function keyOf({ caseId, documentId }: DocumentPlace): string {
  return `${caseId}\0${documentId}`
}

function idsOf({ caseId, documentId }: DocumentPlace) {
  return [caseId, documentId] as const
}

function entryOf({ caseId, documentId }: DocumentPlace, row: Row): DraftEntry {
  return {
    caseId,
    documentId,
    revision: integerAt(row, 0),
    // Written from a DraftEntryKind by this file alone.
    kind: textAt(row, 1) as DraftEntryKind,
    by: asId<ParticipantId>(textAt(row, 2)),
    at: integerAt(row, 3),
    epoch: integerAt(row, 4),
    encrypted: bytesAt(row, 5),
    previous: row[6] === null ? undefined : bytesAt(row, 6),
    hash: row[7] === null ? undefined : bytesAt(row, 7),
  }
}

function snapshotOf({ caseId, documentId }: DocumentPlace, row: Row): DraftSnapshot {
  return { caseId, documentId, revision: integerAt(row, 0), epoch: integerAt(row, 1), encrypted: bytesAt(row, 2) }
}
