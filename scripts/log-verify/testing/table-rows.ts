// Rows of SQLite, as somebody with the files before them could change them: for the test that all of it is found.
import type { Database, SqlValue } from '#server/storage/sqlite/database.ts'

export interface Table {
  readonly name: string
  readonly place: readonly string[]
  readonly columns: readonly string[]
}

export const DATA_TABLES: readonly Table[] = [
  { name: 'log_case', place: ['k'], columns: ['case_id'] },
  {
    name: 'log_event',
    place: ['k', 'commit_number', 'i'],
    columns: [
      ...['command_by', 'command_id', 'command_mac', 'audience', 'epoch', 'seq', 'type', 'version', 'by', 'at', 'seen'],
      ...['encrypted_body', 'body_digest', 'previous', 'hash'],
    ],
  },
  { name: 'document', place: ['d'], columns: ['case_id', 'document_id', 'snapshot_revision', 'snapshot_epoch', 'snapshot'] },
  { name: 'document_entry', place: ['d', 'revision'], columns: ['kind', 'by', 'at', 'epoch', 'encrypted', 'previous', 'hash'] },
  { name: 'document_archive', place: ['d', 'name'], columns: ['epoch', 'encrypted'] },
  { name: 'whole_file', place: ['id'], columns: ['bytes'] },
  { name: 'file', place: ['id'], columns: ['k', 'pieces', 'header', 'mac'] },
  { name: 'file_piece', place: ['k', 'n'], columns: ['bytes'] },
  { name: 'due_step', place: ['id'], columns: ['at', 'encrypted', 'ready_at', 'lease', 'failures'] },
  { name: 'record', place: ['collection', 'id'], columns: ['version', 'value'] },
  { name: 'record_unique', place: ['collection', 'key', 'value'], columns: ['id'] },
  { name: 'record_index', place: ['collection', 'key', 'value', 'id'], columns: [] },
  { name: 'projection', place: ['name', 'id'], columns: ['case_id', 'commit_number', 'value'] },
  { name: 'projection_lookup', place: ['name', 'lookup', 'key', 'place', 'id'], columns: [] },
  { name: 'projection_position', place: ['name', 'case_id'], columns: ['commit_number'] },
]
export const KEY_TABLES: readonly Table[] = [
  { name: 'wrapped_key', place: ['name'], columns: ['wrapped'] },
  { name: 'checkpoint', place: ['name'], columns: ['revision', 'bytes'] },
]

export type RowOf = Readonly<Record<string, SqlValue>>

export function rowsOf(database: Database, { name, place, columns }: Table): readonly RowOf[] {
  const all = [...place, ...columns]
  const rows = database.prepare(`SELECT ${all.join(', ')} FROM ${name} ORDER BY ${place.join(', ')}`).all([])
  return rows.map((row) => Object.fromEntries(all.map((column, at) => [column, row[at] as SqlValue]))) // as SQLite answers
}

const where = ({ place }: Table) => place.map((column) => `${column} = ?`).join(' AND ')
const valuesOf = (row: RowOf, columns: readonly string[]) => columns.map((column) => row[column] ?? null)

export function removeRow(database: Database, table: Table, row: RowOf): void {
  database.prepare(`DELETE FROM ${table.name} WHERE ${where(table)}`).run(valuesOf(row, table.place))
}

export function putRow(database: Database, table: Table, row: RowOf): void {
  const all = [...table.place, ...table.columns]
  const places = all.map(() => '?').join(', ')
  database.prepare(`INSERT OR REPLACE INTO ${table.name} (${all.join(', ')}) VALUES (${places})`).run(valuesOf(row, all))
}

export function isSameRow(table: Table, a: RowOf, b: RowOf): boolean {
  return [...table.place, ...table.columns].every((column) => {
    const [left, right] = [a[column] ?? null, b[column] ?? null]
    return left instanceof Uint8Array && right instanceof Uint8Array ? Buffer.compare(left, right) === 0 : left === right
  })
}
