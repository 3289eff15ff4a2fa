// What lies in a stopped server's data, by what it is: drafts, and pages that are free for whoever writes next. The size of a folder alone
// would take the one for the other.
import { existsSync } from 'node:fs'
import { openForReading } from '#server/storage/sqlite/database.ts'
import { dataFile } from '#server/storage/sqlite/open-sqlite.ts'
import { integerAt } from '#server/storage/sqlite/rows.ts'
import { folderBytes } from './measure.ts'
import type { Table } from './table.ts'

export interface DiskUse {
  readonly folderBytes: number
  /** Of all drafts: their snapshots, entries and saved states, each with its columns beside the bytes. */
  readonly draftBytes: number
  /** Pages that SQLite keeps for later. */
  readonly freeBytes: number
}

/** About what a row has besides its bytes: numbers, names, two hashes are counted where they stand. */
const DRAFT_ROWS: readonly string[] = [
  'SELECT coalesce(sum(coalesce(length(snapshot), 0) + length(case_id) + length(document_id)), 0) FROM document',
  'SELECT coalesce(sum(length(encrypted) + length(by) + length(kind) + coalesce(length(previous) + length(hash), 0)), 0) FROM document_entry',
  'SELECT coalesce(sum(length(encrypted) + length(name)), 0) FROM document_archive',
]

/** The server must have been stopped. */
export function diskUse(folder: string): DiskUse {
  const whole = folderBytes(folder)
  const file = dataFile(folder)
  if (!existsSync(file)) return { folderBytes: whole, draftBytes: Number.NaN, freeBytes: Number.NaN }
  const database = openForReading(file, 'as-it-is')
  try {
    const number = (sql: string) => integerAt(database.prepare(sql).get([]) ?? [0], 0)
    const draftBytes = DRAFT_ROWS.reduce((sum, sql) => sum + number(sql), 0)
    return { folderBytes: whole, draftBytes, freeBytes: number('PRAGMA freelist_count') * number('PRAGMA page_size') }
  } finally {
    database.close()
  }
}

/** In kB. A draft's own share is held against the goal; free pages are the next writer's, whoever that is. */
export function tellDisk(
  { share, free, grown, drafts }: { readonly share: number; readonly free: number; readonly grown: number; readonly drafts: number },
  table: Table,
): void {
  table.head(
    'on the disk after idling, kB',
    'a draft: snapshot, entries, saved states',
    'free pages in all',
    'all else by which the folder grew',
  )
  table.row(
    drafts === 1 ? 'one draft' : `${drafts} drafts`,
    (share / drafts).toFixed(1),
    free.toFixed(0),
    (grown - share - free).toFixed(0),
  )
  table.goal(`on the disk after idling, kB of each of ${drafts} drafts`, share / drafts, '<=', 60)
}
