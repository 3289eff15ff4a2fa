// Looks at a data folder before anything is opened or made in it: whether it can be used at all, and whether data and keys belong
// together. Writes nothing.
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unusableStorage } from '#server/storage/failure.ts'
import { demandUnshared } from './closed-files.ts'
import { openForReading } from './database.ts'

const { R_OK, W_OK, X_OK } = constants
const OWN_FILES = ['bitim.db', 'bitim.db-wal', 'bitim.db-shm', 'lock.db', 'keys/keys.db']

/** Throws the system's own errors (openingFault has the words), or an AppError. */
export function demandUsable(folder: string): void {
  demandFolder(existsSync(folder) ? folder : nearestExisting(folder))
  if (existsSync(folder)) demandUnshared(folder)
  if (existsSync(join(folder, 'keys'))) demandFolder(join(folder, 'keys'))
  for (const name of OWN_FILES) {
    const path = join(folder, name)
    if (!existsSync(path)) continue
    if (!statSync(path).isFile()) throw unusableStorage(`${path} should be a file: move it away, and restore the file from its backup`)
    accessSync(path, R_OK | W_OK)
  }
}

function demandFolder(path: string): void {
  if (!statSync(path).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', path })
  accessSync(path, R_OK | W_OK | X_OK)
}

function nearestExisting(path: string): string {
  const above = dirname(path)
  return existsSync(above) || above === path ? above : nearestExisting(above)
}

type Contents = 'missing' | 'empty' | 'full'

/** Data whose keys are gone must not be opened under new ones, nor keys be given to data that is not theirs. */
export function demandPair(folder: string): void {
  const keyFolder = join(folder, 'keys')
  const data = contentsOf(join(folder, 'bitim.db'), ['record', 'log_event', 'draft_entry', 'document_entry'])
  const keys = contentsOf(join(keyFolder, 'keys.db'), ['wrapped_key'])
  const keyFiles = existsSync(keyFolder) && readdirSync(keyFolder).some((name) => /^[^.].*\.(key|check)$/.test(name))
  if (data === 'full' && keys === 'missing') {
    const missing = keyFiles ? join(keyFolder, 'keys.db') : keyFolder
    throw unusableStorage(`the keys of conversations and records (${missing}) are missing: restore them from their backup`)
  }
  const isDataLost = data === 'missing' ? keyFiles || keys !== 'missing' : data === 'empty' && keys === 'full'
  if (!isDataLost) return
  throw unusableStorage(
    `${join(folder, 'bitim.db')} is missing or empty, but its keys are there: restore it from a backup (npm run restore), or move ${keyFolder} away to begin anew`,
  )
}

function contentsOf(path: string, tables: readonly string[]): Contents {
  if (!existsSync(path) || statSync(path).size === 0) return 'missing'
  const isLogged = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0
  const database = openForReading(path, isLogged ? 'as-it-is' : 'alone')
  try {
    const present = new Set(
      database
        .prepare('SELECT name FROM sqlite_master')
        .all([])
        .map(([name]) => name),
    )
    if (present.size === 0) return 'empty'
    // A database of somebody else's holds something, too; opening it says what is wrong.
    const known = tables.filter((table) => present.has(table))
    return known.length === 0 || known.some((table) => database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get([])) ? 'full' : 'empty'
  } finally {
    database.close()
  }
}
