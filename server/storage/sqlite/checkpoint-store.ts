// Checkpoints in SQLite: in the key file, on its connection, never in the data file whose age they tell.
import type { CheckpointEntry, CheckpointStore } from '#server/storage/ports.ts'
import { storableBytes } from '#server/storage/storable.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database, Row } from './database.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

export function createSqliteCheckpointStore(database: Database, gate: CommitGate): CheckpointStore {
  // No step of the key file's version: keys are as they were, and an older release, to which somebody may have to go back, opens them.
  database.execute('CREATE TABLE IF NOT EXISTS checkpoint (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, bytes BLOB NOT NULL)')
  const select = database.prepare('SELECT name, revision, bytes FROM checkpoint WHERE name = ?')
  const selectPage = database.prepare('SELECT name, revision, bytes FROM checkpoint WHERE name > ? ORDER BY name LIMIT ?')
  const insert = database.prepare('INSERT OR IGNORE INTO checkpoint (name, revision, bytes) VALUES (?, 1, ?)')
  const update = database.prepare('UPDATE checkpoint SET revision = revision + 1, bytes = ? WHERE name = ? AND revision = ?')
  const remove = database.prepare('DELETE FROM checkpoint WHERE name = ?')

  function writeOne({ name, revision, bytes }: CheckpointEntry): boolean {
    storableBytes(bytes)
    return (revision === 0 ? insert.run([name, bytes]) : update.run([bytes, name, revision])) === 1
  }

  return {
    get: async (name) => {
      const row = select.get([name])
      return row && entryOf(row)
    },
    read: async (after, limit) => selectPage.all([after, limit]).map(entryOf),
    write: (entries) => gate.enter(() => entries.map(writeOne)),
    remove: (names) =>
      gate.enter(() => {
        for (const name of names) remove.run([name])
      }),
  }
}

function entryOf(row: Row): CheckpointEntry {
  return { name: textAt(row, 0), revision: integerAt(row, 1), bytes: bytesAt(row, 2) }
}
