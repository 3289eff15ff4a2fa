// Wrapped audience keys in SQLite, on a connection and in a folder of their own, never in the data file or its backups.
import type { KeyStore } from '#server/storage/ports.ts'
import { storableBytes } from '#server/storage/storable.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database } from './database.ts'
import { bytesAt, textAt } from './rows.ts'

export function createSqliteKeyStore(database: Database, gate: CommitGate): KeyStore {
  const insert = database.prepare('INSERT OR IGNORE INTO wrapped_key (name, wrapped) VALUES (?, ?)')
  const select = database.prepare('SELECT wrapped FROM wrapped_key WHERE name = ?')
  const remove = database.prepare('DELETE FROM wrapped_key WHERE name = ?')
  const selectNames = database.prepare('SELECT name FROM wrapped_key ORDER BY name')
  return {
    putIfAbsent: (name, wrapped) =>
      gate.enter(() => {
        insert.run([name, storableBytes(wrapped)])
        const row = select.get([name])
        return row ? bytesAt(row, 0) : wrapped
      }),
    get: async (name) => {
      const row = select.get([name])
      return row && bytesAt(row, 0)
    },
    destroy: (name) =>
      gate.enter(() => {
        remove.run([name])
      }),
    names: async () => selectNames.all([]).map((row) => textAt(row, 0)),
  }
}
