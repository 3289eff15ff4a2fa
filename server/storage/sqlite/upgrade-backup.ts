// Before the shape of the data changes, a copy of it as it was: whole, closed to others, in a folder beside it. Never of the keys: a
// copy that held both would hold everything, and would keep what is to be forgotten.
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { unusableStorage } from '#server/storage/failure.ts'
import { ensureClosedFolder } from './closed-files.ts'
import { copyOpenDatabase, type Database, SQLITE_FULL, SQLITE_IOERR, sqliteCode } from './database.ts'
import { pragma } from './schema.ts'

const KEEP = 2
/** The copy; and the upgrade itself, which may write everything anew beside what it wipes out, all in the write-ahead log first. */
const TIMES = 4
const SPARE_BYTES = 16 * 1024 * 1024
const NAME = /^bitim-v\d+-(\d{8}T\d{6}Z(?:-\d+)?)\.db$/
const PART = '.part'

export interface Upgrading {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** For the person at the terminal. */
  readonly tell: (line: string) => void
  /** Free bytes where the folder lies; asked of the system by default. */
  readonly freeBytes?: (folder: string) => number
}

export function backUpBeforeUpgrade(database: Database, place: { folder: string; version: number }, upgrading: Upgrading): void {
  const backups = join(place.folder, 'backups')
  ensureClosedFolder(backups)
  for (const name of readdirSync(backups)) if (name.endsWith(PART)) rmSync(join(backups, name)) // of a start that was killed
  const needed = TIMES * pragma(database, 'page_count') * pragma(database, 'page_size') + SPARE_BYTES
  const free = (upgrading.freeBytes ?? freeBytesAt)(backups)
  if (free < needed) throw noRoom(backups, needed - free)
  const path = freeName(backups, `bitim-v${place.version}-${stampOf(upgrading.now())}`)
  try {
    copyOpenDatabase(database, path + PART)
    syncPath(path + PART)
    renameSync(path + PART, path)
    syncPath(backups)
  } catch (cause) {
    rmSync(path + PART, { force: true })
    if (isFull(cause)) throw noRoom(backups, needed, cause)
    throw unusableStorage(`no backup could be made in ${backups}, so the data was not changed`, cause)
  }
  dropOldest(backups)
  upgrading.tell(`The data is brought to a new version. As it was it lies in ${path}; the newest ${KEEP} such backups are kept.`)
}

function dropOldest(backups: string): void {
  const ours = readdirSync(backups).flatMap((name) => {
    const stamp = NAME.exec(name)?.[1]
    return stamp === undefined ? [] : [{ name, stamp }]
  })
  ours.sort((a, b) => (a.stamp < b.stamp ? 1 : -1))
  for (const { name } of ours.slice(KEEP)) rmSync(join(backups, name))
}

/** `20261127T124502Z`: sorts as time does, and is a file name everywhere. */
function stampOf(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
}

function freeName(folder: string, name: string): string {
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.db`)
    if (!existsSync(path)) return path
  }
}

function freeBytesAt(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

function syncPath(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function isFull(error: unknown): boolean {
  const code = sqliteCode(error)
  if (code === SQLITE_FULL || code === SQLITE_IOERR) return true
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}

function noRoom(backups: string, lacking: number, cause?: unknown): Error {
  const megabytes = Math.ceil(lacking / 1024 / 1024)
  return unusableStorage(`no room in ${backups} for a backup before the data changes: free about ${megabytes} MB, and start again`, cause)
}
