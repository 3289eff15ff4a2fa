// One process per data folder: an exclusive transaction on a file of its own, held for life. The kernel frees it when the
// process dies, however it dies.
import { join } from 'node:path'
import { StorageLockedError } from '#server/storage/failure.ts'
import { type Database, openDatabase, SQLITE_BUSY, sqliteCode } from './database.ts'

/** Answers how to let go. Throws StorageLockedError when another process, or another storage in this one, is there. */
export function lockFolder(folder: string): () => void {
  let database: Database | undefined
  try {
    database = openDatabase(join(folder, 'lock.db'))
    database.execute('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    throw sqliteCode(error) === SQLITE_BUSY ? new StorageLockedError(folder, error) : error
  }
  const held = database
  return () => {
    held.rollback()
    held.close()
  }
}
