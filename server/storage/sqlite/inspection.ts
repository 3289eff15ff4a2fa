// Everything in the data file as it rests, for the upgrade and for the check of a whole installation.
import type { RestingRecord, StorageInspection } from '#server/storage/ports.ts'
import { restingKeys } from '#server/storage/resting-keys.ts'
import { storableJson } from '#server/storage/storable.ts'
import { asId, type CaseId, type DocumentId, type FileId } from '#shared/kernel/ids.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database, Row, Statement } from './database.ts'
import { textAt } from './rows.ts'

const STRAYS: readonly (readonly [query: string, words: string])[] = [
  [
    'SELECT x.collection, x.key FROM record_unique x LEFT JOIN record r USING (collection, id) WHERE r.id IS NULL',
    'a unique key of no record',
  ],
  [
    'SELECT x.collection, x.key FROM record_index x LEFT JOIN record r USING (collection, id) WHERE r.id IS NULL',
    'an index key of no record',
  ],
  ['SELECT DISTINCT e.k, e.commit_number FROM log_event e LEFT JOIN log_case c USING (k) WHERE c.k IS NULL', 'a commit of no case'],
  ['SELECT k, commit_number FROM log_event GROUP BY k, commit_number HAVING max(i) <> count(*) - 1', 'a commit with a gap'],
  [
    'SELECT k, commit_number FROM log_event WHERE (i = 0) <> (command_id IS NOT NULL) OR (i = 0) <> (command_by IS NOT NULL)',
    'a command out of place',
  ],
  [
    'SELECT case_id, document_id FROM document WHERE snapshot IS NULL AND snapshot_revision <> 0',
    'a document that was compacted into nothing',
  ],
  ['SELECT e.d, e.revision FROM document_entry e LEFT JOIN document d USING (d) WHERE d.d IS NULL', 'an entry of no document'],
  ['SELECT a.d, a.name FROM document_archive a LEFT JOIN document d USING (d) WHERE d.d IS NULL', 'a kept copy of no document'],
  [
    'SELECT l.name, l.lookup, l.id FROM projection_lookup l LEFT JOIN projection p USING (name, id) WHERE p.value IS NULL',
    'a lookup of nothing in a projection',
  ],
  [
    'SELECT p.k, p.n FROM file_piece p LEFT JOIN file f USING (k) LEFT JOIN file_writing w USING (k) WHERE f.k IS NULL AND w.k IS NULL',
    'a piece of no file',
  ],
  ['SELECT p.k, p.n FROM file_piece p JOIN file f USING (k) WHERE p.n NOT BETWEEN 0 AND f.pieces - 1', 'a piece too many of a file'],
  ['SELECT f.id, f.k FROM file f JOIN file_writing w USING (k)', 'a file that is not finished'],
  ['SELECT f.id, f.k FROM file f JOIN whole_file w USING (id)', 'two files under one id'],
  ['SELECT p.name, p.id FROM projection p LEFT JOIN log_case c USING (case_id) WHERE c.k IS NULL', 'a projection of no case'],
]

export function createSqliteInspection(database: Database, gate: CommitGate): StorageInspection {
  const selectPage = database.prepare(
    'SELECT collection, id, version, value FROM record WHERE (collection, id) > (?, ?) ORDER BY collection, id LIMIT ?',
  )
  const selectUnique = database.prepare('SELECT key, value FROM record_unique WHERE collection = ? AND id = ? ORDER BY key')
  const selectIndex = database.prepare('SELECT key, value FROM record_index WHERE collection = ? AND id = ? ORDER BY key')
  const rewrite = database.prepare('UPDATE record SET version = version + 1, value = ? WHERE collection = ? AND id = ? AND version = ?')
  const selectFiles = database.prepare('SELECT id FROM file UNION SELECT id FROM whole_file ORDER BY id')
  const selectDocuments = database.prepare('SELECT case_id, document_id FROM document ORDER BY case_id, document_id')
  const selectDue = database.prepare('SELECT id, at, encrypted FROM due_step WHERE id > ? ORDER BY id LIMIT ?')
  const strays = STRAYS.map(([query, words]) => ({ statement: database.prepare(query), words }))

  function restingOf(row: Row): RestingRecord {
    // As it rests, whatever somebody has made of it: what is no text, no number, no JSON is shown, not thrown.
    const [collection, id] = [String(row[0]), String(row[1])]
    const keys = (from: Statement) => restingKeys(from.all([collection, id]).map((each) => [String(each[0]), String(each[1])]))
    const value = parsed(row[3])
    return {
      collection,
      id,
      version: typeof row[2] === 'number' ? row[2] : -1,
      value,
      unique: keys(selectUnique),
      index: keys(selectIndex),
    }
  }

  return {
    records: async (after, limit) => selectPage.all([after?.collection ?? '', after?.id ?? '', limit]).map(restingOf),
    rewriteRecord: ({ collection, id, version }, value) =>
      gate.enter(() => rewrite.run([storableJson(value), collection, id, version]) === 1),
    fileIds: async () => selectFiles.all([]).map((row) => asId<FileId>(textAt(row, 0))),
    documents: async () =>
      selectDocuments.all([]).map((row) => ({ caseId: asId<CaseId>(textAt(row, 0)), documentId: asId<DocumentId>(textAt(row, 1)) })),
    dueSteps: async (after, limit) =>
      selectDue.all([after, limit]).map((row) => ({ id: textAt(row, 0), at: Number(row[1]), encrypted: blobOf(row[2]) })),
    strays: async () =>
      strays.flatMap(({ statement, words }) => statement.all([]).map((row) => `${words} (${row.map((each) => String(each)).join(' ')})`)),
  }
}

/** What is none opens as nothing. */
function blobOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? new Uint8Array(value) : new Uint8Array()
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined // whoever asked finds out that it is nothing of ours
  }
}
