// Six hundred random changes to an installation at rest, each alone: log:verify names every one of them, but those that change nothing anybody
// could notice, which are listed here with the reason.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { createSqliteCheckpointStore } from '#server/storage/sqlite/checkpoint-store.ts'
import { createCommitGate } from '#server/storage/sqlite/commit-gate.ts'
import { type Database, openDatabase } from '#server/storage/sqlite/database.ts'
import { createSqliteDraftStore } from '#server/storage/sqlite/draft-store.ts'
import { createSqliteFileStore } from '#server/storage/sqlite/file-store.ts'
import { createSqliteInspection } from '#server/storage/sqlite/inspection.ts'
import { createSqliteKeyStore } from '#server/storage/sqlite/key-store.ts'
import { createSqliteLogStore } from '#server/storage/sqlite/log-store.ts'
import { dataFile } from '#server/storage/sqlite/open-sqlite.ts'
import { createSqliteRecordStore } from '#server/storage/sqlite/record-store.ts'
import {
  DATA_TABLES,
  flipped,
  isSameRow,
  KEY_TABLES,
  pickerOf,
  putRow,
  type RowOf,
  randomFrom,
  removeRow,
  rowsOf,
  type Table,
} from './damage.ts'
import { liveInstallation, otherInstallation } from './live-installation.ts'
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

interface Change {
  readonly what: string
  readonly table: Table
  readonly column?: string
  /** The row that was there, or that has come. */
  readonly row: RowOf
  readonly before?: RowOf
  readonly make: () => void
}

type Maker = (table: Table, random: (below: number) => number) => Change | undefined

const rowsIn = (map: Map<Table, readonly RowOf[]>, table: Table) => map.get(table) ?? []
const keyOf = (table: Table, row: RowOf) => JSON.stringify(table.place.map((column) => row[column]))

function replaced(table: Table, row: RowOf, next: RowOf): () => void {
  return () => {
    removeRow(databaseOf(table), table, row)
    putRow(databaseOf(table), table, next)
  }
}

const MAKERS: Readonly<Record<string, Maker>> = {
  flip(table, random) {
    const row = pickerOf(random)(rowsIn(rows, table))
    const column = pickerOf(random)([...table.place, ...table.columns])
    return { what: 'flip', table, column, row, make: replaced(table, row, { ...row, [column]: flipped(row[column] ?? null, random) }) }
  },
  remove(table, random) {
    const row = pickerOf(random)(rowsIn(rows, table))
    return { what: 'remove', table, row, make: () => removeRow(databaseOf(table), table, row) }
  },
  swap(table, random) {
    const [one, two] = [pickerOf(random)(rowsIn(rows, table)), pickerOf(random)(rowsIn(rows, table))]
    const swapped = (into: RowOf, from: RowOf): RowOf => ({
      ...from,
      ...Object.fromEntries(table.place.map((column) => [column, into[column] ?? null])),
    })
    if (table.columns.length === 0 || isSameRow(table, swapped(one, two), one)) return undefined
    const make = () => {
      for (const row of [one, two]) removeRow(databaseOf(table), table, row)
      putRow(databaseOf(table), table, swapped(one, two))
      putRow(databaseOf(table), table, swapped(two, one))
    }
    return { what: 'swap', table, row: one, before: two, make }
  },
  empty(table, random) {
    if (table.name !== 'log_event') return undefined
    const row = pickerOf(random)(rowsIn(rows, table))
    return { what: 'empty', table, column: 'sealed_body', row, make: replaced(table, row, { ...row, sealed_body: null }) }
  },
  'put back': (table, random) => {
    const now = new Map(rowsIn(rows, table).map((row) => [keyOf(table, row), row]))
    const changed = rowsIn(earlier, table).filter((row) => {
      const present = now.get(keyOf(table, row))
      return !present || !isSameRow(table, present, row)
    })
    if (changed.length === 0) return undefined
    const row = pickerOf(random)(changed)
    return { what: 'put back', table, row, make: () => putRow(databaseOf(table), table, row) }
  },
  'of another': (table, random) => {
    const now = new Map(rowsIn(rows, table).map((row) => [keyOf(table, row), row]))
    const others = rowsIn(foreign, table).filter((row) => !isSameRow(table, now.get(keyOf(table, row)) ?? {}, row))
    if (others.length === 0) return undefined
    const row = pickerOf(random)(others)
    return { what: 'of another', table, row, make: () => putRow(databaseOf(table), table, row) }
  },
}

/** Why a change that is not named does no harm; undefined for none. */
function harmless({ what, table, column, row }: Change): string | undefined {
  const name = String(row.name ?? '')
  if (table.name === 'checkpoint' && /^(case|document)\//.test(name) && (what === 'put back' || what === 'remove'))
    return 'an entry about a log that is newer than it: the next start writes the newer one'
  if (table.name === 'record' && row.collection === 'installation' && row.id === 'epoch' && column === 'version')
    return 'nobody compares the version of the epoch: it is changed while no server runs'
  if (table.name === 'log_event' && column === 'command_mac' && Number(row.epoch) < 1_000_000)
    return 'of a command from before 2.2: a second try of it would be refused'
  if (table.name === 'document_archive' && (what === 'remove' || column === 'epoch'))
    return 'a kept copy of a text from before 2.2, which nothing reads yet and nothing names'
  if (table.name === 'document_entry' && row.hash === null && (what === 'remove' ? row.kind === 'claim' : column === 'at'))
    return 'a claim from before entries were chained, or when it was made: its author writes under another one since'
  if (table.name === 'document' && column === 'd') return 'the number of a document inside the file, without entries that name it'
  return undefined
}

it(`[LOG-32] ${CHANGES} random changes at rest are named, or do no harm`, { timeout: 1_200_000 }, async () => {
  const whole = await said()
  expect(whole.faults).toEqual([])
  const random = randomFrom(20_261_127)
  const unnamed: string[] = []
  const counted = new Map<string, number>()
  for (let made = 0; made < CHANGES; ) {
    const table = pickerOf(random)(tables)
    const change = MAKERS[pickerOf(random)(Object.keys(MAKERS))]?.(table, random)
    if (!change) continue
    made++
    const reason = await outcomeOf(change, whole.notes)
    counted.set(reason, (counted.get(reason) ?? 0) + 1)
    if (reason === 'unnamed')
      unnamed.push(`${change.what} ${table.name}.${change.column ?? ''} ${JSON.stringify(change.row).slice(0, 400)}`)
  }
  expect(unnamed).toEqual([])
  expect(counted.get('named') ?? 0).toBeGreaterThan(CHANGES * 0.9)
})

async function outcomeOf(change: Change, notesBefore: readonly string[]): Promise<string> {
  const database = databaseOf(change.table)
  database.begin()
  try {
    change.make()
    const { faults, notes } = await said()
    if (faults.length > 0 || JSON.stringify(notes) !== JSON.stringify(notesBefore)) return 'named'
    return harmless(change) ?? 'unnamed'
  } finally {
    database.rollback()
  }
}
