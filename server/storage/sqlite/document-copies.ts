// Copies of whole texts beside their documents' sequences, in SQLite.
import type { DocumentCopy, DocumentPlace, DraftStore } from '#server/storage/ports.ts'
import { requireStorableCopy } from '#server/storage/storable.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database } from './database.ts'
import { DOCUMENT, idsOf } from './document-rows.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

type DocumentCopies = Pick<DraftStore, 'archive' | 'archived' | 'archivedCopy' | 'removeArchived'>

interface Deps {
  readonly gate: CommitGate
  /** The document's number inside the file, made for it if there is none; inside a transaction. */
  readonly numberOf: (place: DocumentPlace) => number
}

export function createSqliteDocumentCopies(database: Database, { gate, numberOf }: Deps): DocumentCopies {
  const insert = database.prepare('INSERT OR IGNORE INTO document_archive (d, name, epoch, encrypted) VALUES (?, ?, ?, ?)')
  const selectNames = database.prepare(`SELECT name FROM document_archive WHERE d = ${DOCUMENT} ORDER BY name`)
  const select = database.prepare(`SELECT epoch, encrypted FROM document_archive WHERE d = ${DOCUMENT} AND name = ?`)
  const remove = database.prepare(`DELETE FROM document_archive WHERE d = ${DOCUMENT} AND name = ?`)

  function archive(copy: DocumentCopy): void {
    requireStorableCopy(copy)
    insert.run([numberOf(copy), copy.name, copy.epoch, copy.encrypted])
  }

  return {
    archive: (copy) => gate.enter(() => archive(copy)),
    archived: async (place) => selectNames.all(idsOf(place)).map((row) => textAt(row, 0)),
    archivedCopy: async (place, name) => {
      const row = select.get([...idsOf(place), name])
      return row && { ...place, name, epoch: integerAt(row, 0), encrypted: bytesAt(row, 1) }
    },
    removeArchived: (place, names) =>
      gate.enter(() => {
        for (const name of names) remove.run([...idsOf(place), name])
      }),
  }
}
