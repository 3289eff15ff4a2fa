// The shape of the data file and of the key file, by version. A step, once released, is never changed; a change is a new step.
import { unusableStorage } from '#server/storage/failure.ts'
import type { Database } from './database.ts'
import { integerAt, textAt } from './rows.ts'

// One row per event, a case's rows beside each other in the order of its commits: a commit touches one page. The first row of a
// commit (i = 0) carries the command. Commands and numbers m are looked up in memory (log-directory.ts, docs/decisions/010).
const DATA_STEPS: readonly string[] = [
  `CREATE TABLE log_case (k INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE);
   CREATE TABLE log_event (
     k INTEGER NOT NULL, n INTEGER NOT NULL, i INTEGER NOT NULL,
     command_by TEXT, command_id TEXT, command_mac BLOB,
     audience TEXT NOT NULL, epoch INTEGER NOT NULL, m INTEGER NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,
     by TEXT NOT NULL, at INTEGER NOT NULL, seen TEXT NOT NULL,
     sealed_body BLOB, body_digest BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL,
     PRIMARY KEY (k, n, i)) WITHOUT ROWID;

   CREATE TABLE draft (d INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, snapshot_u INTEGER NOT NULL DEFAULT 0, snapshot BLOB);
   CREATE TABLE draft_entry (
     d INTEGER NOT NULL, u INTEGER NOT NULL,
     kind TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, sealed BLOB NOT NULL,
     PRIMARY KEY (d, u)) WITHOUT ROWID;
   CREATE INDEX draft_entry_mark ON draft_entry (d, u) WHERE kind <> 'update';

   CREATE TABLE file (id TEXT PRIMARY KEY, bytes BLOB NOT NULL);

   CREATE TABLE record (
     collection TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, value TEXT NOT NULL,
     PRIMARY KEY (collection, id));
   CREATE TABLE record_unique (
     collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
     PRIMARY KEY (collection, key, value)) WITHOUT ROWID;
   CREATE INDEX record_unique_id ON record_unique (collection, id);
   CREATE TABLE record_index (
     collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
     PRIMARY KEY (collection, key, value, id)) WITHOUT ROWID;
   CREATE INDEX record_index_id ON record_index (collection, id);`,
]

const KEY_STEPS: readonly string[] = ['CREATE TABLE wrapped_key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL)']

/** Above this size a check of every page at each start would keep people waiting; backups are checked instead. */
const QUICK_CHECK_BYTES = 256 * 1024 * 1024

export function prepareDataSchema(database: Database): void {
  database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000')
  checkAndUpgrade(database, DATA_STEPS)
}

export function prepareKeySchema(database: Database): void {
  // No write-ahead log here, and freed pages are overwritten: a destroyed key must not linger in a file beside it.
  database.execute('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON')
  checkAndUpgrade(database, KEY_STEPS)
}

function checkAndUpgrade(database: Database, steps: readonly string[]): void {
  if (pragma(database, 'page_count') * pragma(database, 'page_size') <= QUICK_CHECK_BYTES) quickCheck(database)
  const version = pragma(database, 'user_version')
  if (version > steps.length) {
    throw unusableStorage(`the data has version ${version}, this release knows ${steps.length}: start the newer release`)
  }
  for (let next = version; next < steps.length; next++) {
    database.begin()
    try {
      database.execute(`${steps[next]}; PRAGMA user_version = ${next + 1}`)
      database.commit()
    } catch (cause) {
      database.rollback()
      throw unusableStorage(`the data cannot be brought to version ${next + 1}`, cause)
    }
  }
}

function quickCheck(database: Database): void {
  const [first] = database.prepare('PRAGMA quick_check(1)').all([])
  const verdict = first ? textAt(first, 0) : 'no answer'
  if (verdict !== 'ok') throw unusableStorage(`the data is damaged (${verdict}): restore it from a backup`)
}

function pragma(database: Database, name: 'page_count' | 'page_size' | 'user_version'): number {
  const row = database.prepare(`PRAGMA ${name}`).get([])
  return row ? integerAt(row, 0) : 0
}
