// Keeps a data folder closed to everybody but the server's own user, whatever the umask and whoever made the folder.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { unusableStorage } from '#server/storage/failure.ts'

const FOLDER = 0o700
const FILE = 0o600
/** On folders that many people share, such as /tmp. */
const STICKY = 0o1000

export function ensureClosedFolder(path: string): void {
  makeFolder(resolve(path))
  if ((statSync(path).mode & 0o777) !== FOLDER) close(path, FOLDER)
}

/** Not `recursive`: Node tries for ever where the system answers that a folder cannot be, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above)
  mkdirSync(path, FOLDER)
}

/** Closing such a folder would shut everybody else out of what is theirs. */
export function demandUnshared(path: string): void {
  if (statSync(path).mode & STICKY)
    throw unusableStorage(`DATA_FOLDER=${path} is shared with everybody: give the server a folder of its own`)
}

/** A folder with all the files directly in it. */
export function closeFolder(path: string): void {
  if (!existsSync(path)) return
  ensureClosedFolder(path)
  for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isFile()) closeFile(join(path, entry.name))
}

/** Made empty if it is missing: what SQLite makes by itself beside a file gets that file's mode. */
export function ensureClosedFile(path: string): void {
  closeSync(openSync(path, 'a', FILE))
  closeFile(path)
}

/** Only if it is there. */
export function closeFile(path: string): void {
  if (existsSync(path) && (statSync(path).mode & 0o777) !== FILE) close(path, FILE)
}

function close(path: string, mode: number): void {
  try {
    chmodSync(path, mode)
  } catch (cause) {
    throw unusableStorage(`${path} is open to others and not this user's to close: chown it to the server's user`, cause)
  }
}
