// Opens the embedded storage: one data file, one key file in a folder of its own, one process, one writing connection each.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Storage } from '#server/storage/ports.ts'
import { createCommitGate, type Schedule } from './commit-gate.ts'
import { type Database, openDatabase } from './database.ts'
import { createSqliteDraftStore } from './draft-store.ts'
import { createSqliteFileStore } from './file-store.ts'
import { createSqliteKeyStore } from './key-store.ts'
import { lockFolder } from './lock.ts'
import { createSqliteLogStore } from './log-store.ts'
import { createSqliteRecordStore } from './record-store.ts'
import { prepareDataSchema, prepareKeySchema } from './schema.ts'

export type SqlitePlace = { readonly folder: string } | { readonly memory: true }

export interface SqliteOptions {
  /** The data file grows no further than this many pages of 4 KiB; beyond, appends are answered `unavailable`. */
  readonly maxPages?: number
  /** When a group of writes is committed; by default at the end of the turn of the event loop. */
  readonly schedule?: Schedule
}

export interface SqliteStorage extends Storage {
  /** Gives room, or takes it, while running. */
  limitPages(maxPages: number): void
}

/** Throws StorageLockedError when another server has the folder. Folders are made, readable by this user alone. */
export function openSqlite(place: SqlitePlace, options: SqliteOptions = {}): SqliteStorage {
  if ('memory' in place) return openAt({ data: ':memory:', keys: ':memory:', unlock: () => {} }, options)
  const keyFolder = join(place.folder, 'keys')
  mkdirSync(keyFolder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(place.folder)
  try {
    return openAt({ data: dataFile(place.folder), keys: join(keyFolder, 'keys.db'), unlock }, options)
  } catch (error) {
    unlock()
    throw error
  }
}

export function dataFile(folder: string): string {
  return join(folder, 'bitim.db')
}

function openAt(paths: { data: string; keys: string; unlock: () => void }, options: SqliteOptions): SqliteStorage {
  const schedule: Schedule = options.schedule ?? ((run) => void setImmediate(run))
  const data = openPrepared(paths.data, prepareDataSchema)
  const keys = openPrepared(paths.keys, prepareKeySchema)
  const dataGate = createCommitGate(data, schedule)
  const keyGate = createCommitGate(keys, schedule)
  const limitPages = (maxPages: number) => {
    if (!Number.isSafeInteger(maxPages) || maxPages < 1) throw new RangeError('pages are counted from 1')
    data.prepare(`PRAGMA max_page_count = ${maxPages}`).get([])
  }
  if (options.maxPages !== undefined) limitPages(options.maxPages)
  let open = true
  return {
    log: createSqliteLogStore(data, dataGate),
    drafts: createSqliteDraftStore(data, dataGate),
    files: createSqliteFileStore(data, dataGate),
    records: createSqliteRecordStore(data, dataGate),
    keys: createSqliteKeyStore(keys, keyGate),
    limitPages,
    close: async () => {
      if (!open) return
      open = false
      dataGate.close()
      keyGate.close()
      mergeWriteAheadLog(data)
      data.close()
      keys.close()
      paths.unlock()
    },
  }
}

/** libsql keeps a closed file until its statements are collected, so SQLite's own tidying at the last close comes too late. */
function mergeWriteAheadLog(data: Database): void {
  try {
    data.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // A full disk, say: what is in the write-ahead log is durable there and is read at the next start.
  }
}

function openPrepared(path: string, prepare: (database: Database) => void): Database {
  const database = openDatabase(path)
  try {
    prepare(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
