// What keeps a data folder from being opened, as one line for the person who can mend it.
import { dirname } from 'node:path'
import { unusableStorage } from '#server/storage/failure.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_IOERR, SQLITE_NOTADB, SQLITE_READONLY, sqliteCode } from './database.ts'

/** Errors that are no fault of the folder's pass as they are. */
export function openingFault(error: unknown, folder: string): unknown {
  if (error instanceof AppError) return error
  const words = wordsFor(error, folder)
  return words === undefined ? error : unusableStorage(words, error)
}

function wordsFor(error: unknown, folder: string): string | undefined {
  const code = sqliteCode(error)
  if (code !== undefined)
    return SQLITE_WORDS[code]?.(folder) ?? `the data in ${folder} cannot be opened (SQLite ${code}): restore it from a backup`
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  const path = 'path' in error && typeof error.path === 'string' ? error.path : folder
  return SYSTEM_WORDS[error.code]?.(folder, path)
}

const full = (folder: string) => `the disk of DATA_FOLDER=${folder} is full, or its quota used up: make room, and start again`
const damaged = (folder: string) => `the data in ${folder} is damaged, or no data of this platform: restore it from a backup`
const closed = (folder: string) => `DATA_FOLDER=${folder} cannot be written: chown -R it to the server's user, or set another folder`

const SQLITE_WORDS: Readonly<Record<number, (folder: string) => string>> = {
  [SQLITE_READONLY]: closed,
  [SQLITE_CANTOPEN]: closed,
  [SQLITE_IOERR]: (folder) => `the disk of DATA_FOLDER=${folder} does not take or give what is stored: it is full, or broken`,
  [SQLITE_FULL]: full,
  [SQLITE_CORRUPT]: damaged,
  [SQLITE_NOTADB]: damaged,
}

const SYSTEM_WORDS: Readonly<Record<string, (folder: string, path: string) => string>> = {
  EACCES: (folder, path) =>
    dirname(path) === folder || path === folder ? closed(folder) : `${path} cannot be read or written: chown it to the server's user`,
  EPERM: closed,
  EROFS: (folder) => `DATA_FOLDER=${folder} lies on a file system that is read-only: mount it for writing, or set another folder`,
  ENOTDIR: (_folder, path) => `DATA_FOLDER: ${path} is no folder: set DATA_FOLDER to a folder, or move what is in its way`,
  EEXIST: (_folder, path) => `DATA_FOLDER: ${path} is no folder: set DATA_FOLDER to a folder, or move what is in its way`,
  ENOENT: (folder) => `DATA_FOLDER=${folder} cannot be made: set a folder that can be`,
  EISDIR: (_folder, path) => `${path} is a folder and should be a file: restore it from its backup`,
  ELOOP: (folder) => `DATA_FOLDER=${folder} leads in a circle of links: set another folder`,
  ENAMETOOLONG: (folder) => `DATA_FOLDER=${folder} is too long: set another folder`,
  ENOSPC: full,
  EDQUOT: full,
}
