// Opens the embedded storage: one data file, one key file in a folder of its own, one process, one writing connection each.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { unusableStorage } from '#server/storage/failure.ts'
import type { Storage } from '#server/storage/ports.ts'
import { createSqliteCheckpointStore } from './checkpoint-store.ts'
import { closeFile, closeFolder, ensureClosedFile, ensureClosedFolder } from './closed-files.ts'
import { type CommitGate, createCommitGate, type Schedule } from './commit-gate.ts'
import { type Database, openDatabase } from './database.ts'
import { finishSweep } from './destroy-bodies.ts'
import { createSqliteDraftStore } from './draft-store.ts'
import { createSqliteDueStore } from './due-store.ts'
import { createSqliteFileStore } from './file-store.ts'
import { demandPair, demandUsable } from './inspect-folder.ts'
import { createSqliteInspection } from './inspection.ts'
import { createSqliteKeyStore } from './key-store.ts'
import { LOCK_FILE, lockFolder } from './lock.ts'
import { createSqliteLogStore } from './log-store.ts'
import { openingFault } from './opening-fault.ts'
import { createSqliteProjectionStore } from './projection-store.ts'
import { createSqliteRecordStore } from './record-store.ts'
import { checkSchema, configureData, configureKeys, DATA_STEPS, KEY_STEPS, type SchemaStep, upgradeSchema } from './schema.ts'
import { backUpBeforeUpgrade, type Upgrading } from './upgrade-backup.ts'

type SqlitePlace = { readonly folder: string } | { readonly memory: true }

export interface SqliteOptions {
  /** The data file grows no further than this many pages of 4 KiB; beyond, appends are answered `unavailable`. */
  readonly maxPages?: number
  /** When a group of writes is committed; by default at the end of the turn of the event loop. */
  readonly schedule?: Schedule
  /** The server's own start, which demands that data and keys belong together, and may bring older data to this version. */
  readonly starting?: Upgrading
  /** Instead of this release's own, for tests of the way from one version to the next. */
  readonly dataSteps?: readonly SchemaStep[]
  readonly keySteps?: readonly SchemaStep[]
}

/** More than a page has room for, so that a file that may not grow is noticed. */
const PROBE = 'x'.repeat(8_192)

export interface SqliteStorage extends Storage {
  /** Gives room, or takes it, while running. */
  limitPages(maxPages: number): void
}

/** Throws StorageLockedError when another server has the folder. Folders and files are readable by this user alone. */
export function openSqlite(place: SqlitePlace, options: SqliteOptions = {}): SqliteStorage {
  if ('memory' in place) return openAt({ data: ':memory:', keys: ':memory:', folder: undefined, unlock: () => {} }, options)
  const { folder } = place
  try {
    return openFolder(folder, options)
  } catch (error) {
    throw openingFault(error, folder)
  }
}

function openFolder(folder: string, options: SqliteOptions): SqliteStorage {
  demandUsable(folder)
  const pair = () => options.starting && demandPair(folder)
  const wasLocked = existsSync(join(folder, LOCK_FILE))
  if (!wasLocked) pair() // before so much as a lock is made here
  ensureClosedFolder(folder)
  const unlock = lockFolder(folder)
  try {
    if (wasLocked) pair()
    const keyFolder = join(folder, 'keys')
    ensureClosedFolder(keyFolder)
    return openAt({ data: dataFile(folder), keys: join(keyFolder, 'keys.db'), folder, unlock }, options)
  } catch (error) {
    unlock()
    throw error
  }
}

export function dataFile(folder: string): string {
  return join(folder, 'bitim.db')
}

interface Paths {
  readonly data: string
  readonly keys: string
  readonly folder: string | undefined
  readonly unlock: () => void
}

function openAt(paths: Paths, options: SqliteOptions): SqliteStorage {
  const schedule: Schedule = options.schedule ?? ((run) => void setImmediate(run))
  const { data, keys } = openDatabases(paths, options)
  const dataGate = createCommitGate(data, schedule)
  const keyGate = createCommitGate(keys, schedule)
  const limitPages = (maxPages: number) => {
    if (!Number.isSafeInteger(maxPages) || maxPages < 1) throw new RangeError('pages are counted from 1')
    data.prepare(`PRAGMA max_page_count = ${maxPages}`).get([])
  }
  if (options.maxPages !== undefined) limitPages(options.maxPages)
  let open = true
  return {
    log: createSqliteLogStore(data, dataGate, schedule),
    drafts: createSqliteDraftStore(data, dataGate),
    files: createSqliteFileStore(data, dataGate),
    records: createSqliteRecordStore(data, dataGate),
    projections: createSqliteProjectionStore(data, dataGate),
    due: createSqliteDueStore(data, dataGate),
    keys: createSqliteKeyStore(keys, keyGate),
    checkpoints: createSqliteCheckpointStore(keys, keyGate),
    inspection: createSqliteInspection(data, dataGate),
    probe: createProbe(data, dataGate),
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

/** Both are found whole and not too new before either is written to. */
function openDatabases(paths: Paths, options: SqliteOptions): { data: Database; keys: Database } {
  const { dataSteps = DATA_STEPS, keySteps = KEY_STEPS } = options
  const opened: Database[] = []
  const open = (path: string): Database => {
    if (paths.folder !== undefined) ensureClosedFile(path)
    const database = openDatabase(path)
    opened.push(database)
    return database
  }
  try {
    const data = open(paths.data)
    const keys = open(paths.keys)
    const dataVersion = checkSchema(data, dataSteps)
    const keyVersion = checkSchema(keys, keySteps)
    if (paths.folder !== undefined) {
      closeToOthers(paths.folder)
      prepareUpgrade(data, { folder: paths.folder, dataVersion, isKeyOld: keyVersion > 0 && keyVersion < keySteps.length }, options)
    }
    configureData(data)
    configureKeys(keys)
    upgradeSchema(data, dataSteps, dataVersion)
    upgradeSchema(keys, keySteps, keyVersion)
    if (options.starting) finishSweep(data)
    return { data, keys }
  } catch (error) {
    for (const database of opened) database.close()
    throw error
  }
}

function prepareUpgrade(
  data: Database,
  { folder, dataVersion, isKeyOld }: { folder: string; dataVersion: number; isKeyOld: boolean },
  { starting, dataSteps = DATA_STEPS }: SqliteOptions,
): void {
  const isOld = dataVersion > 0 && dataVersion < dataSteps.length
  if (!isOld && !isKeyOld) return
  if (!starting) throw unusableStorage(`the data in ${folder} is of an older version: start the server once, it brings it to its own`)
  if (isOld) backUpBeforeUpgrade(data, { folder, version: dataVersion }, starting)
}

/** Files that others have put into the folder itself are none of ours. */
function closeToOthers(folder: string): void {
  for (const each of ['keys', 'backups']) closeFolder(join(folder, each))
  const data = dataFile(folder)
  for (const path of [data, `${data}-wal`, `${data}-shm`, join(folder, LOCK_FILE)]) closeFile(path)
}

/** Through the gate that every commit takes: what it needs of the disk is what they need. It takes back what it wrote. */
function createProbe(data: Database, gate: CommitGate): () => Promise<void> {
  const insert = data.prepare("INSERT INTO record (collection, id, version, value) VALUES ('probe', 'probe', 1, ?)")
  const remove = data.prepare("DELETE FROM record WHERE collection = 'probe'")
  return () =>
    gate.enter(() => {
      insert.run([PROBE])
      remove.run([])
    })
}
