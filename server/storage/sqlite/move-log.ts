// Events go to the end of their table, in the order in which they were stored, and are found by an index (docs/decisions/093). Until
// then a case's events lay side by side, and each commit of each case wrote a page of its own.
import type { Database } from './database.ts'

const COLUMNS = `k, commit_number, i, command_by, command_id, command_mac, audience, epoch, seq, type, version, by, at, seen,
   encrypted_body, body_digest, previous, hash, destroyed_bytes`

export function moveLog(database: Database): void {
  database.execute(`ALTER TABLE log_event RENAME TO log_event_by_case;
   CREATE TABLE log_event (
     k INTEGER NOT NULL, commit_number INTEGER NOT NULL, i INTEGER NOT NULL,
     command_by TEXT, command_id TEXT, command_mac BLOB,
     audience TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, version INTEGER NOT NULL,
     by TEXT NOT NULL, at INTEGER NOT NULL, seen TEXT NOT NULL,
     encrypted_body BLOB, body_digest BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL, destroyed_bytes INTEGER);
   INSERT INTO log_event (${COLUMNS}) SELECT ${COLUMNS} FROM log_event_by_case ORDER BY k, commit_number, i;
   DROP TABLE log_event_by_case;
   CREATE UNIQUE INDEX log_event_place ON log_event (k, commit_number, i);`)
}
