// A storage for tests: the embedded database in memory, not a fake.
import { openSqlite, type SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'

export function memoryStorage(): SqliteStorage {
  return openSqlite({ memory: true })
}
