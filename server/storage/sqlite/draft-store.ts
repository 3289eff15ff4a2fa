// Documents in SQLite: one dense sequence each. Compaction removes updates, never marks, and never lowers the head.

import { answersOrFailure } from '#server/storage/failure.ts'
import type { DraftAppendAnswer, DraftEntry, DraftSnapshot, DraftStore } from '#server/storage/ports.ts'
import { requireStorableEntry, requireStorableSnapshot } from '#server/storage/storable.ts'
import { asId, type DocumentId } from '#shared/kernel/ids.ts'
import { appendBatch } from './append-batch.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database } from './database.ts'
import { createSqliteDocumentCopies } from './document-copies.ts'
import { documentKey, openDocumentHeads } from './document-heads.ts'
import { DOCUMENT, ENTRY_COLUMNS, entryOf, idsOf, snapshotOf } from './document-rows.ts'
import { textAt } from './rows.ts'

export function createSqliteDraftStore(database: Database, gate: CommitGate): DraftStore {
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
  const selectDocuments = database.prepare('SELECT document_id FROM document WHERE case_id = ? ORDER BY document_id')
  const heads = openDocumentHeads(database, gate)

  function appendOne(entry: DraftEntry): DraftAppendAnswer {
    const head = heads.toWrite(entry)
    if (entry.revision > head.revision + 1) return 'blocked'
    if (entry.revision <= head.revision) return 'taken'
    const { revision, kind, by, at, epoch, encrypted, previous, hash } = entry
    insertEntry.run([head.d, revision, kind, by, at, epoch, encrypted, previous ?? null, hash ?? null])
    heads.stored(entry, { d: head.d, revision })
    return 'stored'
  }

  function compact(snapshot: DraftSnapshot): void {
    requireStorableSnapshot(snapshot)
    heads.forget(snapshot) // a snapshot may reach beyond the entries
    const { d } = heads.toWrite(snapshot)
    const { revision, epoch, encrypted } = snapshot
    if (replaceSnapshot.run([revision, epoch, encrypted, d, revision]) > 0) removeCovered.run([d, revision])
  }

  return {
    ...createSqliteDocumentCopies(database, { gate, numberOf: (place) => heads.toWrite(place).d }),
    append: (entries) =>
      answersOrFailure(
        gate.enter(() => appendBatch(entries, { keyOf: documentKey, requireStorable: requireStorableEntry, appendOne })),
        entries.length,
      ),
    read: async (place, after, limit) => selectEntries.all([...idsOf(place), after, limit]).map((row) => entryOf(place, row)),
    readMarks: async (place) => selectMarks.all(idsOf(place)).map((row) => entryOf(place, row)),
    headOf: async (place) => heads.find(place)?.revision ?? 0,
    snapshot: async (place) => {
      const row = selectSnapshot.get(idsOf(place))
      return row && snapshotOf(place, row)
    },
    compact: (snapshot) => gate.enter(() => compact(snapshot)),
    documentsOf: async (caseId) => selectDocuments.all([caseId]).map((row) => asId<DocumentId>(textAt(row, 0))),
  }
}
