// Six hundred random changes to an installation at rest, each alone: log:verify names every one of them, but those that change nothing anybody
// could notice, which are listed here with the reason.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { createSqliteCheckpointStore } from '#server/storage/sqlite/checkpoint-store.ts'
import { createCommitGate } from '#server/storage/sqlite/commit-gate.ts'
import { type Database, openDatabase } from '#server/storage/sqlite/database.ts'
import { createSqliteDraftStore } from '#server/storage/sqlite/draft-store.ts'
import { createSqliteDueStore } from '#server/storage/sqlite/due-store.ts'
import { createSqliteFileStore } from '#server/storage/sqlite/file-store.ts'
import { createSqliteInspection } from '#server/storage/sqlite/inspection.ts'
import { createSqliteKeyStore } from '#server/storage/sqlite/key-store.ts'
import { createSqliteLogStore } from '#server/storage/sqlite/log-store.ts'
import { dataFile } from '#server/storage/sqlite/open-sqlite.ts'
import { createSqliteProjectionStore } from '#server/storage/sqlite/projection-store.ts'
import { createSqliteRecordStore } from '#server/storage/sqlite/record-store.ts'
import { type Change, flipped, type Holder, KINDS, type Kind, pickerOf, randomFrom } from './testing/change-kinds.ts'
import { liveInstallation, otherInstallation } from './testing/live-installation.ts'
import { DATA_TABLES, isSameRow, KEY_TABLES, putRow, type RowOf, removeRow, rowsOf, type Table } from './testing/table-rows.ts'
import { openVerifier } from './verify-installation.ts'

const CHANGES = 600
const parent = mkdtempSync(join(tmpdir(), 'bitim-random-'))
const folder = join(parent, 'own')
afterAll(() => rmSync(parent, { recursive: true, force: true }))

let masterKey: Uint8Array
let data: Database
let keys: Database
/** Every row as it is now, as it was a while ago, and those of another installation. */
const rows = new Map<Table, readonly RowOf[]>()
const earlier = new Map<Table, readonly RowOf[]>()
const foreign = new Map<Table, readonly RowOf[]>()
const tables = [...DATA_TABLES, ...KEY_TABLES]
const databaseOf = (table: Table) => (KEY_TABLES.includes(table) ? keys : data)

function remember(into: Map<Table, readonly RowOf[]>, of: string): void {
  const [dataNow, keysNow] = [openDatabase(dataFile(of)), openDatabase(join(of, 'keys', 'keys.db'))]
  for (const table of tables) into.set(table, rowsOf(KEY_TABLES.includes(table) ? keysNow : dataNow, table))
  for (const each of [dataNow, keysNow]) each.close()
}

beforeAll(async () => {
  masterKey = await liveInstallation(folder, (of) => remember(earlier, of))
  remember(rows, folder)
  const other = join(parent, 'other')
  await otherInstallation(other)
  remember(foreign, other)
  data = openDatabase(dataFile(folder))
  keys = openDatabase(join(folder, 'keys', 'keys.db'))
}, 240_000)
afterAll(() => {
  data.close()
  keys.close()
})

/** Stores over the rows as they stand: none of them remembers what was there before. */
function storageNow(): Storage {
  const [gate, keyGate] = [createCommitGate(data, (run) => run()), createCommitGate(keys, (run) => run())]
  return {
    log: createSqliteLogStore(data, gate, (run) => run()),
    drafts: createSqliteDraftStore(data, gate),
    files: createSqliteFileStore(data, gate),
    records: createSqliteRecordStore(data, gate),
    projections: createSqliteProjectionStore(data, gate),
    due: createSqliteDueStore(data, gate),
    inspection: createSqliteInspection(data, gate),
    keys: createSqliteKeyStore(keys, keyGate),
    checkpoints: createSqliteCheckpointStore(keys, keyGate),
    probe: async () => undefined,
    close: async () => undefined,
  }
}

/** Everything that log:verify says besides what it counts. */
async function said(): Promise<{ readonly faults: readonly string[]; readonly notes: readonly string[] }> {
  const verifier = await openVerifier({ storage: storageNow(), masterKey })
  const reports = []
  for (const caseId of verifier.caseIds) reports.push(await verifier.verifyCase(caseId, new Map()))
  const rest = await verifier.verifyRest(reports)
  const all = [...reports, ...rest]
  return { faults: all.flatMap(({ faults }) => faults), notes: all.flatMap(({ notes }) => notes) }
}

const rowsIn = (map: Map<Table, readonly RowOf[]>, table: Table) => map.get(table) ?? []

function holderOf(table: Table): Holder<RowOf> {
  return {
    now: rowsIn(rows, table),
    earlier: rowsIn(earlier, table),
    foreign: rowsIn(foreign, table),
    placeOf: (row) => JSON.stringify(table.place.map((column) => row[column])),
    moved(content, place) {
      if (table.columns.length === 0) return undefined
      return { ...content, ...Object.fromEntries(table.place.map((column) => [column, place[column] ?? null])) }
    },
    changed(row, random) {
      const field = pickerOf(random)([...table.place, ...table.columns])
      return { row: { ...row, [field]: flipped(row[field] ?? null, random) }, field }
    },
    nulled: (row) => (table.name === 'log_event' ? { row: { ...row, encrypted_body: null }, field: 'encrypted_body' } : undefined),
    isSame: (a, b) => isSameRow(table, a, b),
  }
}

const isCovered = ({ d, revision }: RowOf) =>
  tables.some(
    (table) =>
      table.name === 'document' && rowsIn(rows, table).some((row) => row.d === d && Number(revision) <= Number(row.snapshot_revision)),
  )

/** Why a change that is not named does no harm; undefined for none. */
function harmless(kind: Kind, table: Table, { remove, insert, field: column }: Change<RowOf>): string | undefined {
  const row = remove[0] ?? insert[0] ?? {}
  const name = String(row.name ?? '')
  if (table.name === 'checkpoint' && /^(case|document)\//.test(name) && (kind === 'put back' || kind === 'deleted'))
    return 'an entry about a log that is newer than it: the next start writes the newer one'
  if (table.name === 'record' && row.collection === 'installation' && row.id === 'epoch' && column === 'version')
    return 'nobody compares the version of the epoch: it is changed while no server runs'
  if (table.name === 'log_event' && column === 'command_mac' && Number(row.epoch) < 1_000_000)
    return 'of a command from before 2.2: a second try of it would be refused'
  if (table.name === 'document_entry' && row.hash === null && row.kind === 'update' && (column === 'at' || column === 'epoch'))
    return 'when an edit from before 2.2 came, by the clock or by the epochs before keys were derived: nobody reads it, and it goes when the document is next opened and converted'
  if (table.name === 'document_entry' && kind === 'put back' && column === undefined && row.kind === 'update' && isCovered(row))
    return 'an edit that the snapshot holds, beside it again: nobody reads it, and it goes with the next snapshot'
  if (table.name === 'due_step' && (column === undefined || ['ready_at', 'lease', 'failures'].includes(column)) && kind !== 'foreign')
    return 'a due step that is missing, early, late or once more: what it would remove is refused by its own time, and it looks before it does'
  const isForm = [remove[0], insert[0]].some((each) => Number(each?.snapshot_epoch) === 0)
  if (table.name === 'document' && column === 'snapshot_epoch' && (row.snapshot === null || !isForm))
    return 'the epoch of a snapshot: it says whether that is of the form before 2.2, and in the wrong form it does not open'
  if (table.name === 'document' && column === 'd') return 'the number of a document inside the file, without entries that name it'
  return undefined
}

describe('pieces of a file', () => {
  /** Of several pieces: a file's number, and that of another. */
  function numbers(): readonly [number, number] {
    const [one, other] = data.prepare('SELECT k FROM file WHERE pieces > 2 ORDER BY k').all([]) as [number][] // integers, by the schema
    if (!one || !other) throw new Error('two files of several pieces')
    return [one[0], other[0]]
  }
  const swapped = (k: number, to: number) =>
    `UPDATE file_piece SET n = n + 100 WHERE k = ${k} AND n = 0;
     UPDATE file_piece SET n = 0 WHERE k = ${to} AND n = 1; UPDATE file_piece SET n = 1 WHERE k = ${k} AND n = 100`

  it.each<readonly [string, (k: number, other: number) => string]>([
    ['is changed', (k) => `UPDATE file_piece SET bytes = CAST(zeroblob(length(bytes)) AS BLOB) WHERE k = ${k} AND n = 1`],
    ['is taken away', (k) => `DELETE FROM file_piece WHERE k = ${k} AND n = 1`],
    ['is taken away at the end', (k) => `DELETE FROM file_piece WHERE k = ${k} AND n = 3; UPDATE file SET pieces = 3 WHERE k = ${k}`],
    ['is exchanged with the next', (k) => swapped(k, k)],
    [
      'is exchanged with another file’s',
      (k, other) => `UPDATE file_piece SET bytes = (SELECT bytes FROM file_piece WHERE k = ${other} AND n = 1) WHERE k = ${k} AND n = 1`,
    ],
    [
      'is doubled in the place of the next',
      (k) => `UPDATE file_piece SET bytes = (SELECT bytes FROM file_piece WHERE k = ${k} AND n = 0) WHERE k = ${k} AND n = 1`,
    ],
    ['is doubled behind the last', (k) => `INSERT INTO file_piece SELECT k, 4, bytes FROM file_piece WHERE k = ${k} AND n = 3`],
    [
      'is doubled behind the last, and counted',
      (k) =>
        `INSERT INTO file_piece SELECT k, 4, bytes FROM file_piece WHERE k = ${k} AND n = 3; UPDATE file SET pieces = 5 WHERE k = ${k}`,
    ],
    ['is of no file', (k) => `INSERT INTO file_piece SELECT 999, n, bytes FROM file_piece WHERE k = ${k} AND n = 0`],
    [
      'lies with all others under the number of another file',
      (k, other) => `DELETE FROM file_piece WHERE k = ${k}; UPDATE file_piece SET k = ${k} WHERE k = ${other}`,
    ],
  ])('[STO-180] one that %s is named', async (_what, statements) => {
    const [k, other] = numbers()
    expect((await said()).faults).toEqual([])
    data.begin()
    try {
      data.execute(statements(k, other))
      expect((await said()).faults.join('\n')).toMatch(/^file \S+ \(.+\) was changed|^a piece (too many of a|of no) file/m)
    } finally {
      data.rollback()
    }
  })
})

it(`[LOG-32] ${CHANGES} random changes at rest are named, or do no harm`, { timeout: 1_200_000 }, async () => {
  const whole = await said()
  expect(whole.faults).toEqual([])
  const random = randomFrom(20_261_127)
  const unnamed: string[] = []
  const counted = new Map<string, number>()
  for (let made = 0; made < CHANGES; ) {
    const table = pickerOf(random)(tables)
    const kind = pickerOf(random)(Object.keys(KINDS) as Kind[]) // its own keys
    const change = KINDS[kind](holderOf(table), random)
    if (!change) continue
    made++
    const isNamed = await names(table, change, whole.notes)
    const reason = isNamed ? 'named' : (harmless(kind, table, change) ?? 'unnamed')
    counted.set(reason, (counted.get(reason) ?? 0) + 1)
    if (reason === 'unnamed') unnamed.push(`${kind} ${table.name}.${change.field ?? ''} ${JSON.stringify(change).slice(0, 400)}`)
  }
  expect(unnamed).toEqual([])
  expect(counted.get('named') ?? 0).toBeGreaterThan(CHANGES * 0.9)
})

async function names(table: Table, { remove, insert }: Change<RowOf>, notesBefore: readonly string[]): Promise<boolean> {
  const database = databaseOf(table)
  database.begin()
  try {
    for (const row of remove) removeRow(database, table, row)
    for (const row of insert) putRow(database, table, row)
    const { faults, notes } = await said()
    return faults.length > 0 || JSON.stringify(notes) !== JSON.stringify(notesBefore)
  } finally {
    database.rollback()
  }
}
