// A folder of small secret files: each appears whole or not at all, is never overwritten, and can be read by this user alone.
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

interface KeyFolder {
  read(name: string): string | undefined
  /** Keeps the first: answers what now stands in the file. `token` makes the temporary name unique. */
  putIfAbsent(name: string, text: string, token: string): string
  /** For the one key that may be replaced on purpose. */
  replace(name: string, text: string, token: string): void
}

export function openKeyFolder(folder: string): KeyFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const read = (name: string): string | undefined => {
    try {
      return readFileSync(join(folder, name), 'utf8').trim()
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined
      throw error
    }
  }
  return {
    read,
    putIfAbsent(name, text, token) {
      const temporary = writeTemporary(name, text, token)
      try {
        // A link, unlike a rename, does not replace what another process has put there meanwhile.
        linkSync(temporary, join(folder, name))
        syncFolder()
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error
      } finally {
        unlinkSync(temporary)
      }
      return read(name) ?? text
    },
    replace(name, text, token) {
      renameSync(writeTemporary(name, text, token), join(folder, name))
      syncFolder()
    },
  }

  function writeTemporary(name: string, text: string, token: string): string {
    const temporary = join(folder, `.${name}.${token}`)
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, `${text}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    return temporary
  }

  function syncFolder(): void {
    const directory = openSync(folder, 'r')
    fsyncSync(directory)
    closeSync(directory)
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
