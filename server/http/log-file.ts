// The server's log in a file of its own: beside a terminal, where people read what is said to them. It begins a second file when it has grown.
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const LARGE = 10_000_000

/** Throws the system's own error when the file cannot be had. */
export function openLogFile(path: string): (line: string) => void {
  const folder = dirname(path)
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
  let { file, size } = open(path)
  return (line) => {
    try {
      if (size > LARGE) {
        const full = file
        ;({ file, size } = open(path))
        closeSync(full) // only now: where no other can be had it is tried again with the next line
      }
      size += writeSync(file, line)
    } catch {
      // a full disk: a line that is lost must not stop the server, which says so in its health
    }
  }
}

function open(path: string): { file: number; size: number } {
  if (sizeOf(path) > LARGE) renameSync(path, `${path}.1`)
  return { file: openSync(path, 'a', 0o600), size: sizeOf(path) }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
