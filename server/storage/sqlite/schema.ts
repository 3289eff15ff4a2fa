// The shape of the data file and of the key file, by version: the number of steps taken. A step, once released, is never changed; a
// change is a new step at the end of its list. Nothing is written here before the file was found whole, ours, and not too new.
import { unusableStorage } from '#server/storage/failure.ts'
import { type Database, SQLITE_FULL, sqliteCode } from './database.ts'
import { addDueSteps } from './due-store.ts'
import { addFilePieces } from './file-store.ts'
import { moveDrafts } from './move-drafts.ts'
import { moveLog } from './move-log.ts'
import { integerAt, textAt } from './rows.ts'

/** Runs inside the transaction of the upgrade; must not begin or commit. */
export type SchemaStep = (database: Database) => void

// One row per event; the first row of a commit (i = 0) carries the command. Commands and sequence numbers are looked up in memory
// (log-directory.ts, docs/decisions/010).
export const DATA_STEPS: readonly SchemaStep[] = [
  (database) =>
    database.execute(`CREATE TABLE log_case (k INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE);
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
   CREATE INDEX record_index_id ON record_index (collection, id);`),
  // Snapshots of drafts carry what edits are judged by (docs/decisions/078), and a draft may begin anew. Older ones are read as they are
  // and replaced when they are next compacted; the step keeps releases away that would misread the new ones.
  () => undefined,
  // 2.2: records, keys of audiences and drafts rest in other forms; single bodies can be destroyed, and `unswept` holds a row while files
  // may still hold remains of one. What needs keys to be brought there is, once the keys are open, by server/upgrade; the step keeps
  // releases away that would misread it.
  (database) => {
    database.execute(`ALTER TABLE log_event ADD COLUMN destroyed_bytes INTEGER;
   ALTER TABLE log_event RENAME COLUMN n TO commit_number;
   ALTER TABLE log_event RENAME COLUMN m TO seq;
   ALTER TABLE log_event RENAME COLUMN sealed_body TO encrypted_body;
   CREATE TABLE unswept (id INTEGER PRIMARY KEY CHECK (id = 1));`)
    moveDrafts(database)
  },
  // Projections, as many as there are in one set of tables: a new one needs no step. Table and lookup stand in front of each key, so that a
  // page of a list lies together.
  (database) =>
    database.execute(`CREATE TABLE projection (
     name TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, commit_number INTEGER NOT NULL, value TEXT,
     PRIMARY KEY (name, id)) WITHOUT ROWID;
   CREATE INDEX projection_case ON projection (name, case_id, id);
   CREATE TABLE projection_lookup (
     name TEXT NOT NULL, lookup TEXT NOT NULL, key TEXT NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL,
     PRIMARY KEY (name, lookup, key, place, id)) WITHOUT ROWID;
   CREATE INDEX projection_lookup_id ON projection_lookup (name, id);
   CREATE TABLE projection_position (
     name TEXT NOT NULL, case_id TEXT NOT NULL, commit_number INTEGER NOT NULL,
     PRIMARY KEY (name, case_id)) WITHOUT ROWID;`),
  moveLog,
  addDueSteps,
  addFilePieces,
]

export const KEY_STEPS: readonly SchemaStep[] = [
  (database) => database.execute('CREATE TABLE wrapped_key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL)'),
]

/** Above this size a check of every page at each start would keep people waiting; backups are checked instead. */
const QUICK_CHECK_BYTES = 256 * 1024 * 1024

export function configureData(database: Database): void {
  database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32000')
  // What is deleted is overwritten; what SQLite has moved about before is found by destroy-bodies.ts.
  database.execute('PRAGMA secure_delete = ON')
}

export function configureKeys(database: Database): void {
  // No write-ahead log here, and freed pages are overwritten: a destroyed key must not linger in a file beside it.
  database.execute('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON')
}

/** The version of what lies here, 0 for nothing yet. Reads only; throws on damage, and on what is newer or not ours. */
export function checkSchema(database: Database, steps: readonly SchemaStep[]): number {
  if (pragma(database, 'page_count') * pragma(database, 'page_size') <= QUICK_CHECK_BYTES) quickCheck(database)
  const version = pragma(database, 'user_version')
  if (version > steps.length) {
    throw unusableStorage(`the data has version ${version}, this release knows ${steps.length}: start the newer release`)
  }
  const [encoding] = database.prepare('PRAGMA encoding').get([]) ?? []
  if (encoding !== 'UTF-8') throw unusableStorage('the data is damaged (its letters): restore it from a backup')
  if (version === 0 && database.prepare('SELECT 1 FROM sqlite_master').get([])) {
    throw unusableStorage('the data is not of this platform: set DATA_FOLDER, or restore it from a backup')
  }
  return version
}

/** All missing steps in one transaction: whoever is killed in between finds the old version whole. */
export function upgradeSchema(database: Database, steps: readonly SchemaStep[], version: number): void {
  if (version === steps.length) return
  database.begin()
  try {
    for (const step of steps.slice(version)) step(database)
    database.execute(`PRAGMA user_version = ${steps.length}`)
    database.commit()
  } catch (cause) {
    database.rollback()
    if (sqliteCode(cause) === SQLITE_FULL) throw unusableStorage('the disk is full: make room, and start again', cause)
    throw unusableStorage(`the data cannot be brought from version ${version} to ${steps.length}`, cause)
  }
}

function quickCheck(database: Database): void {
  const [first] = database.prepare('PRAGMA quick_check(1)').all([])
  const verdict = first ? textAt(first, 0) : 'no answer'
  if (verdict !== 'ok') throw unusableStorage(`the data is damaged (${verdict}): restore it from a backup`)
}

export function pragma(database: Database, name: 'page_count' | 'page_size' | 'user_version'): number {
  const row = database.prepare(`PRAGMA ${name}`).get([])
  return row ? integerAt(row, 0) : 0
}
