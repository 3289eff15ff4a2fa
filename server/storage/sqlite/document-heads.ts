// Where each document stands in the file. This process alone writes to it: what it stored last in a document need not be looked up for the
// next entry.
import { RecentlyUsed } from '#server/kernel/recently-used.ts'
import type { DocumentPlace } from '#server/storage/ports.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database } from './database.ts'
import { integerAt } from './rows.ts'

const MAX_REMEMBERED = 10_000

interface DocumentHead {
  /** The document's number inside the file. */
  readonly d: number
  readonly revision: number
}

interface DocumentHeads {
  find(place: DocumentPlace): DocumentHead | undefined
  /** Makes the document a place in the file; inside a transaction. */
  toWrite(place: DocumentPlace): DocumentHead
  /** What was stored just now. */
  stored(place: DocumentPlace, head: DocumentHead): void
  /** It may stand further than what was stored here says. */
  forget(place: DocumentPlace): void
}

export function openDocumentHeads(database: Database, gate: CommitGate): DocumentHeads {
  const select = database.prepare(
    `SELECT d, max(snapshot_revision, coalesce((SELECT max(revision) FROM document_entry WHERE d = document.d), 0))
     FROM document WHERE case_id = ? AND document_id = ?`,
  )
  const insert = database.prepare('INSERT OR IGNORE INTO document (case_id, document_id) VALUES (?, ?)')
  const known = new RecentlyUsed<string, DocumentHead>(MAX_REMEMBERED)
  gate.onRollback(() => known.clear())

  function find({ caseId, documentId }: DocumentPlace): DocumentHead | undefined {
    const row = select.get([caseId, documentId])
    return row && { d: integerAt(row, 0), revision: integerAt(row, 1) }
  }

  return {
    find,
    toWrite(place) {
      const found = known.get(documentKey(place)) ?? find(place)
      if (found) return found
      insert.run([place.caseId, place.documentId])
      return this.toWrite(place)
    },
    stored: (place, head) => known.set(documentKey(place), head),
    forget: (place) => known.delete(documentKey(place)),
  }
}

/** NUL stands in no id that is stored. */
export function documentKey({ caseId, documentId }: DocumentPlace): string {
  return `${caseId}\0${documentId}`
}
