// Projections in SQLite: the value as JSON text, what it is found by in a table of its own, in the order in which it is read.
import type { ProjectionDocument, ProjectionLookup, ProjectionPosition, ProjectionStore } from '#server/storage/ports.ts'
import { recordName, requireStorableProjection, storableJson } from '#server/storage/storable.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database, Row, SqlValue } from './database.ts'
import { integerAt, textAt } from './rows.ts'

const COLUMNS = 'p.id, p.case_id, p.commit_number, p.value'
const PAGES = {
  ascending: { behind: '>', sort: 'ASC' },
  descending: { behind: '<', sort: 'DESC' },
} as const
/** What every place lies behind, by direction: an id is never that long, and no place that far. */
const START = { ascending: [Number.MIN_SAFE_INTEGER, ''], descending: [Number.MAX_SAFE_INTEGER, '\u{10ffff}'] } as const

export function pageQuery(direction: keyof typeof PAGES): string {
  const { behind, sort } = PAGES[direction]
  return `SELECT ${COLUMNS} FROM projection_lookup l JOIN projection p USING (name, id)
     WHERE l.name = ? AND l.lookup = ? AND l.key = ? AND (l.place, l.id) ${behind} (?, ?)
     ORDER BY l.place ${sort}, l.id ${sort} LIMIT ?`
}

export function createSqliteProjectionStore(database: Database, gate: CommitGate): ProjectionStore {
  const selectNumber = database.prepare('SELECT commit_number FROM projection WHERE name = ? AND id = ?')
  const selectCase = database.prepare(`SELECT ${COLUMNS} FROM projection p WHERE name = ? AND case_id = ? ORDER BY id`)
  const selectLookups = database.prepare('SELECT lookup, key, place FROM projection_lookup WHERE name = ? AND id = ?')
  const selectPage = { ascending: database.prepare(pageQuery('ascending')), descending: database.prepare(pageQuery('descending')) }
  const write = database.prepare('INSERT OR REPLACE INTO projection (name, id, case_id, commit_number, value) VALUES (?, ?, ?, ?, ?)')
  const removeLookups = database.prepare('DELETE FROM projection_lookup WHERE name = ? AND id = ?')
  const insertLookup = database.prepare('INSERT INTO projection_lookup (name, lookup, key, place, id) VALUES (?, ?, ?, ?, ?)')
  const selectPosition = database.prepare('SELECT commit_number FROM projection_position WHERE name = ? AND case_id = ?')
  const selectPositions = database.prepare(
    'SELECT case_id, commit_number FROM projection_position WHERE name = ? AND case_id > ? ORDER BY case_id LIMIT ?',
  )
  const writePosition = database.prepare('INSERT OR REPLACE INTO projection_position (name, case_id, commit_number) VALUES (?, ?, ?)')
  const selectTables = database.prepare('SELECT name FROM projection UNION SELECT name FROM projection_position ORDER BY name')
  const drops = ['projection_lookup', 'projection_position', 'projection'].map((each) =>
    database.prepare(`DELETE FROM ${each} WHERE name = ?`),
  )

  function putOne(table: string, document: ProjectionDocument): void {
    const { id, caseId, commitNumber, value, lookups } = document
    const standing = selectNumber.get([table, id])
    if (standing && integerAt(standing, 0) >= commitNumber) return
    write.run([table, id, caseId, commitNumber, value === undefined ? null : storableJson(value)])
    removeLookups.run([table, id])
    if (value === undefined) return
    for (const [lookup, { key, order }] of Object.entries(lookups)) insertLookup.run([table, lookup, key, order, id])
  }

  const documentOf = <T>(table: string, row: Row): ProjectionDocument<T> => {
    const [id, value] = [textAt(row, 0), row[3]]
    const lookups: Record<string, ProjectionLookup> = {}
    for (const each of selectLookups.all([table, id])) lookups[textAt(each, 0)] = { key: textAt(each, 1), order: integerAt(each, 2) }
    return {
      id,
      caseId: asId<CaseId>(textAt(row, 1)),
      commitNumber: integerAt(row, 2),
      // Written by the caller into the same table, whose shape is the caller's to know and to check.
      value: value === null ? undefined : (JSON.parse(textAt(row, 3)) as T),
      lookups,
    }
  }

  return {
    put: (table, documents) =>
      gate.enter(() => {
        recordName(table)
        for (const document of documents) {
          requireStorableProjection(document)
          putOne(table, document)
        }
      }),
    find: async <T>(table: string, query: Parameters<ProjectionStore['find']>[1]) => {
      const { lookup, key, direction, after, limit } = query
      const start: readonly SqlValue[] = after ? [after.order, after.id] : START[direction]
      const rows = selectPage[direction].all([recordName(table), recordName(lookup), key, ...start, limit])
      return rows.map((row) => documentOf<T>(table, row))
    },
    ofCase: async (table, caseId) => selectCase.all([recordName(table), caseId]).map((row) => documentOf(table, row)),
    raise: (table, progress) =>
      gate.enter(() =>
        progress.map(({ caseId, from, commitNumber }) => {
          const row = selectPosition.get([recordName(table), caseId])
          const standing = row ? integerAt(row, 0) : 0
          if (standing >= commitNumber) return true
          if (standing < from) return false
          writePosition.run([table, caseId, commitNumber])
          return true
        }),
      ),
    positions: async (table, after, limit) => selectPositions.all([recordName(table), after, limit]).map(positionOf),
    tables: async () => selectTables.all([]).map((row) => textAt(row, 0)),
    drop: (table) =>
      gate.enter(() => {
        for (const drop of drops) drop.run([table])
      }),
  }
}

function positionOf(row: Row): ProjectionPosition {
  return { caseId: asId<CaseId>(textAt(row, 0)), commitNumber: integerAt(row, 1) }
}
