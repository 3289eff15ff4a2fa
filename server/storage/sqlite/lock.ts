// One process per data folder: an exclusive transaction on a file of its own, held for life. The kernel frees it when the
// process dies, however it dies.
import { join } from 'node:path'
import { StorageLockedError } from '#server/storage/failure.ts'
import { ensureClosedFile } from './closed-files.ts'
import { type Database, openDatabase, SQLITE_BUSY, sqliteCode } from './database.ts'

export const LOCK_FILE = 'lock.db'

/** Answers how to let go. Throws StorageLockedError when another process, or another storage in this one, is there. */
export function lockFolder(folder: string): () => void {
  let database: Database | undefined
  try {
    ensureClosedFile(join(folder, LOCK_FILE))
    database = openDatabase(join(folder, LOCK_FILE))
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
