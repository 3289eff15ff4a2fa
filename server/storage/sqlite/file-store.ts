// Files in SQLite: agreements and signatures, a few MB at most, so a row each will do.

import type { FileStore } from '#server/storage/ports.ts'
import { storableBytes } from '#server/storage/storable.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database } from './database.ts'
import { bytesAt } from './rows.ts'

export function createSqliteFileStore(database: Database, gate: CommitGate): FileStore {
  const insert = database.prepare('INSERT OR IGNORE INTO file (id, bytes) VALUES (?, ?)')
  const select = database.prepare('SELECT bytes FROM file WHERE id = ?')
  const remove = database.prepare('DELETE FROM file WHERE id = ?')
  return {
    put: (id, bytes) =>
      gate.enter(() => {
        if (insert.run([id, storableBytes(bytes)]) === 1) return
        const kept = select.get([id])
        if (!kept || !equalBytes(bytesAt(kept, 0), bytes)) throw new AppError({ kind: 'conflict', reason: 'storage/file-differs' })
      }),
    get: async (id) => {
      const row = select.get([id])
      return row && bytesAt(row, 0)
    },
    delete: (id) =>
      gate.enter(() => {
        remove.run([id])
      }),
  }
}
