// A folder of small secret files: each appears whole or not at all, is never overwritten, and can be read by this user alone.
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface KeyFolder {
  read(name: string): string | undefined
  /** Keeps the first: answers what now stands in the file. `token` makes the temporary name unique. */
  putIfAbsent(name: string, text: string, token: string): string
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
      const temporary = join(folder, `.${name}.${token}`)
      const file = openSync(temporary, 'wx', 0o600)
      try {
        writeSync(file, `${text}\n`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      try {
        // A link, unlike a rename, does not replace what another process has put there meanwhile.
        linkSync(temporary, join(folder, name))
        const directory = openSync(folder, 'r')
        fsyncSync(directory)
        closeSync(directory)
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error
      } finally {
        unlinkSync(temporary)
      }
      return read(name) ?? text
    },
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
