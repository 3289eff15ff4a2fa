// Records in SQLite: the value as JSON text, its unique and its plain keys in tables of their own.
import type { RecordKeys, RecordStore, StoredRecord } from '#server/storage/ports.ts'
import { recordName, storableJson } from '#server/storage/storable.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database, Row, Statement } from './database.ts'
import { integerAt, textAt } from './rows.ts'

type Keys = { readonly unique?: RecordKeys; readonly index?: RecordKeys } | undefined

const COLUMNS = 'r.id, r.version, r.value'
const NO_LIMIT = Number.MAX_SAFE_INTEGER

export function createSqliteRecordStore(database: Database, gate: CommitGate): RecordStore {
  const insert = database.prepare('INSERT OR IGNORE INTO record (collection, id, version, value) VALUES (?, ?, 1, ?)')
  const select = database.prepare(`SELECT ${COLUMNS} FROM record r WHERE collection = ? AND id = ?`)
  const selectUnique = database.prepare(
    `SELECT ${COLUMNS} FROM record_unique u JOIN record r USING (collection, id) WHERE u.collection = ? AND u.key = ? AND u.value = ?`,
  )
  const selectIndexed = database.prepare(
    `SELECT ${COLUMNS} FROM record_index x JOIN record r USING (collection, id)
     WHERE x.collection = ? AND x.key = ? AND x.value = ? ORDER BY x.id LIMIT ?`,
  )
  const selectAll = database.prepare(`SELECT ${COLUMNS} FROM record r WHERE collection = ? ORDER BY id LIMIT ?`)
  const update = database.prepare('UPDATE record SET version = version + 1, value = ? WHERE collection = ? AND id = ? AND version = ?')
  const remove = database.prepare('DELETE FROM record WHERE collection = ? AND id = ?')
  const uniqueOwner = database.prepare('SELECT id FROM record_unique WHERE collection = ? AND key = ? AND value = ?')
  const insertUnique = database.prepare('INSERT INTO record_unique (collection, key, value, id) VALUES (?, ?, ?, ?)')
  const insertIndex = database.prepare('INSERT INTO record_index (collection, key, value, id) VALUES (?, ?, ?, ?)')
  const removeUnique = database.prepare('DELETE FROM record_unique WHERE collection = ? AND id = ?')
  const removeIndex = database.prepare('DELETE FROM record_index WHERE collection = ? AND id = ?')

  function anothersUniqueKey(collection: string, id: string, keys: Keys): boolean {
    return Object.entries(keys?.unique ?? {}).some(([key, value]) => {
      const owner = uniqueOwner.get([collection, recordName(key), value])
      return owner !== undefined && textAt(owner, 0) !== id
    })
  }

  function writeKeys(collection: string, id: string, keys: Keys): void {
    const write = (statement: Statement, named: RecordKeys | undefined) => {
      for (const [key, value] of Object.entries(named ?? {})) statement.run([collection, recordName(key), value, id])
    }
    write(insertUnique, keys?.unique)
    write(insertIndex, keys?.index)
  }

  function isAt(collection: string, id: string, version: number): boolean {
    const row = select.get([collection, id])
    return row !== undefined && integerAt(row, 1) === version
  }

  function removeKeys(collection: string, id: string): void {
    removeUnique.run([collection, id])
    removeIndex.run([collection, id])
  }

  return {
    insert: (collection, id, value, keys) =>
      gate.enter(() => {
        if (anothersUniqueKey(recordName(collection), id, keys)) return 'taken'
        if (insert.run([collection, id, storableJson(value)]) === 0) return 'taken'
        writeKeys(collection, id, keys)
        return 'stored'
      }),
    get: async <T>(collection: string, id: string) => {
      const row = select.get([collection, id])
      return row && recordOf<T>(row)
    },
    findUnique: async <T>(collection: string, key: string, value: string) => {
      const row = selectUnique.get([collection, key, value])
      return row && recordOf<T>(row)
    },
    find: async <T>(collection: string, key: string, value: string, limit = NO_LIMIT) =>
      selectIndexed.all([collection, key, value, limit]).map((row) => recordOf<T>(row)),
    all: async <T>(collection: string, limit = NO_LIMIT) => selectAll.all([collection, limit]).map((row) => recordOf<T>(row)),
    replace: (collection, id, version, value, keys) =>
      gate.enter(() => {
        if (!isAt(collection, id, version)) return 'stale'
        if (anothersUniqueKey(collection, id, keys)) return 'taken'
        update.run([storableJson(value), collection, id, version])
        removeKeys(collection, id)
        writeKeys(collection, id, keys)
        return 'stored'
      }),
    remove: (collection, id, version) =>
      gate.enter(() => {
        if (version !== undefined && !isAt(collection, id, version)) return
        removeKeys(collection, id)
        remove.run([collection, id])
      }),
  }
}

function recordOf<T>(row: Row): StoredRecord<T> {
  // Written by the caller under the same collection, whose shape is the caller's to know and to check.
  return { id: textAt(row, 0), version: integerAt(row, 1), value: JSON.parse(textAt(row, 2)) as T }
}
