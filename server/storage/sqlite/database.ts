// The only file that touches libsql. The package aborts the whole process on a bare Buffer or a boolean, cuts text at NUL
// and binds numbers as REAL; so parameters always go as one array, each checked, and columns have INTEGER affinity.
import { closeSync, openSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import Libsql from 'libsql'
import { storableInteger, storableText, UnstorableError } from '#server/storage/storable.ts'
import { AppError } from '#shared/kernel/errors.ts'

export type SqlValue = Uint8Array | string | number | bigint | null
export type Row = readonly unknown[]

export interface Statement {
  /** Answers how many rows were changed. */
  run(parameters: readonly SqlValue[]): number
  get(parameters: readonly SqlValue[]): Row | undefined
  all(parameters: readonly SqlValue[]): readonly Row[]
}

export interface Database {
  prepare(sql: string): Statement
  /** For fixed text only: schema, pragmas. */
  execute(sql: string): void
  begin(): void
  commit(): void
  /** Harmless when SQLite has rolled back by itself, as it does when the disk is full. */
  rollback(): void
  close(): void
}

/** `timeout` 0: whoever holds the lock is another server, waiting would not help. */
export function openDatabase(path: string): Database {
  return wrapDatabase(new Libsql(path, { timeout: 0 }))
}

/** `alone`: nobody writes, and nothing lies in a write-ahead log; then SQLite makes no files of its own beside it. */
export function openForReading(path: string, how: 'alone' | 'as-it-is'): Pick<Database, 'prepare' | 'close'> {
  return wrapDatabase(new Libsql(how === 'alone' ? `${pathToFileURL(path).href}?immutable=1` : path, { timeout: 0, readonly: true }))
}

function wrapDatabase(native: Libsql.Database): Database {
  const begin = native.prepare('BEGIN IMMEDIATE')
  const commit = native.prepare('COMMIT')
  const rollback = native.prepare('ROLLBACK')
  return {
    prepare: (sql) => wrapStatement(native.prepare(sql)),
    execute: (sql) => {
      native.exec(sql)
    },
    begin: () => {
      begin.run([])
    },
    commit: () => {
      commit.run([])
    },
    rollback: () => {
      if (native.inTransaction) rollback.run([])
    },
    close: () => {
      native.close()
    },
  }
}

function wrapStatement(native: Libsql.Statement<unknown[]>): Statement {
  // As arrays rows carry no `_metadata`; a statement that answers no rows refuses the mode.
  if (native.reader) native.raw()
  return {
    run: (parameters) => native.run(checked(parameters)).changes,
    get: (parameters) => native.get(checked(parameters)) as Row | undefined,
    all: (parameters) => native.all(checked(parameters)) as Row[],
  }
}

/** Copies a database, consistent as of one moment, while others write to it; off the main thread. `target` must not exist. */
export async function copyDatabase(source: string, target: string): Promise<void> {
  const { default: LibsqlAside } = await import('libsql/promise') // loaded with the first backup
  createClosed(target)
  const native = new LibsqlAside(source, {})
  try {
    await native.exec(vacuumInto(target))
  } catch (error) {
    rmSync(target, { force: true })
    throw error
  } finally {
    native.close()
  }
}

/** As `copyDatabase`, of one that is open here, and while everything else waits. */
export function copyOpenDatabase(database: Database, target: string): void {
  createClosed(target)
  try {
    database.execute(vacuumInto(target))
  } catch (error) {
    rmSync(target, { force: true })
    throw error
  }
}

/** An empty file that only this user may read: SQLite would make it by the umask. Throws when the path is taken. */
function createClosed(path: string): void {
  closeSync(openSync(path, 'wx', 0o600))
}

function vacuumInto(target: string): string {
  return `VACUUM INTO '${storableText(target).replaceAll("'", "''")}'`
}

function checked(parameters: readonly SqlValue[]): unknown[] {
  for (const value of parameters) {
    if (typeof value === 'string') storableText(value)
    else if (typeof value === 'number') storableInteger(value)
    else if (typeof value !== 'bigint' && value !== null && !(value instanceof Uint8Array)) {
      throw new UnstorableError(`SQLite cannot keep a value of type ${typeof value}`)
    }
  }
  // A copy is not needed: libsql only reads the array, its types merely do not say so.
  return parameters as unknown[]
}

/** The primary code (13 for a full disk) of an error of SQLite's, undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  return error instanceof Libsql.SqliteError && typeof error.rawCode === 'number' ? error.rawCode & 0xff : undefined
}

/** TOOBIG, CONSTRAINT, MISMATCH, RANGE: what was to be written is at fault, not the disk. */
const OF_THE_VALUE: readonly (number | undefined)[] = [18, 19, 20, 25]

/** Whether a write that failed alone can never succeed: because of what was to be written. */
export function isFaultOfValue(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error
  return cause instanceof TypeError || OF_THE_VALUE.includes(sqliteCode(cause))
}

export const SQLITE_BUSY = 5
export const SQLITE_READONLY = 8
export const SQLITE_IOERR = 10
export const SQLITE_CORRUPT = 11
export const SQLITE_FULL = 13
export const SQLITE_CANTOPEN = 14
export const SQLITE_NOTADB = 26
