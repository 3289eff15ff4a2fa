// Random changes to an installation at rest, as somebody with the database before them could make: for the test that all of them are found.
import type { Database, SqlValue } from '#server/storage/sqlite/database.ts'

/** A small seeded generator: the same changes for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export type Pick = <T>(of: readonly T[]) => T

export function pickerOf(random: (below: number) => number): Pick {
  return (of) => {
    const chosen = of[random(of.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }
}

export interface Table {
  readonly name: string
  readonly place: readonly string[]
  readonly columns: readonly string[]
}

export const DATA_TABLES: readonly Table[] = [
  { name: 'log_case', place: ['k'], columns: ['case_id'] },
  {
    name: 'log_event',
    place: ['k', 'n', 'i'],
    columns: [
      ...['command_by', 'command_id', 'command_mac', 'audience', 'epoch', 'm', 'type', 'version', 'by', 'at', 'seen'],
      ...['sealed_body', 'body_digest', 'previous', 'hash'],
    ],
  },
  { name: 'document', place: ['d'], columns: ['case_id', 'document_id', 'snapshot_u', 'snapshot_epoch', 'snapshot'] },
  { name: 'document_entry', place: ['d', 'u'], columns: ['kind', 'by', 'at', 'epoch', 'encrypted', 'previous', 'hash'] },
  { name: 'document_archive', place: ['d', 'u'], columns: ['epoch', 'encrypted'] },
  { name: 'file', place: ['id'], columns: ['bytes'] },
  { name: 'record', place: ['collection', 'id'], columns: ['version', 'value'] },
  { name: 'record_unique', place: ['collection', 'key', 'value'], columns: ['id'] },
  { name: 'record_index', place: ['collection', 'key', 'value', 'id'], columns: [] },
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

/** One value that differs in one bit, or one letter, or by a little. */
export function flipped(value: SqlValue, random: (below: number) => number): SqlValue {
  if (value instanceof Uint8Array) {
    if (value.length === 0) return Uint8Array.of(1)
    const bytes = Uint8Array.from(value)
    const at = random(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
    return bytes
  }
  if (typeof value === 'number') return value + 1 + random(3)
  if (typeof value !== 'string') return 'x'
  const at = random(value.length + 1)
  const letter = value[at] === 'b' ? 'c' : 'b'
  return value.slice(0, at) + letter + value.slice(at + 1)
}

/** Another value in its column, where there is one: nothing was changed otherwise. */
export function isSameRow(table: Table, a: RowOf, b: RowOf): boolean {
  return [...table.place, ...table.columns].every((column) => {
    const [left, right] = [a[column] ?? null, b[column] ?? null]
    return left instanceof Uint8Array && right instanceof Uint8Array ? Buffer.compare(left, right) === 0 : left === right
  })
}
