// Rows of the documents' tables as entries and snapshots.
import type { DocumentPlace, DraftEntry, DraftEntryKind, DraftSnapshot } from '#server/storage/ports.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Row } from './database.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

export const ENTRY_COLUMNS = 'revision, kind, by, at, epoch, encrypted, previous, hash'
/** The number inside the file of the document that `idsOf` names. */
export const DOCUMENT = '(SELECT d FROM document WHERE case_id = ? AND document_id = ?)'

export function idsOf({ caseId, documentId }: DocumentPlace) {
  return [caseId, documentId] as const
}

export function entryOf({ caseId, documentId }: DocumentPlace, row: Row): DraftEntry {
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

export function snapshotOf({ caseId, documentId }: DocumentPlace, row: Row): DraftSnapshot {
  return { caseId, documentId, revision: integerAt(row, 0), epoch: integerAt(row, 1), encrypted: bytesAt(row, 2) }
}
