// Part of the data's third version: a case has several documents, and their entries are chained. The one draft that each case had becomes
// its settlement, under the case's own id; bytes stay as they were, and so does what they were bound to.
import type { Database } from './database.ts'

export function moveDrafts(database: Database): void {
  database.execute(`CREATE TABLE document (
     d INTEGER PRIMARY KEY, case_id TEXT NOT NULL, document_id TEXT NOT NULL,
     snapshot_revision INTEGER NOT NULL DEFAULT 0, snapshot_epoch INTEGER NOT NULL DEFAULT 0, snapshot BLOB,
     UNIQUE (case_id, document_id));
   CREATE TABLE document_entry (
     d INTEGER NOT NULL, revision INTEGER NOT NULL,
     kind TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, epoch INTEGER NOT NULL,
     encrypted BLOB NOT NULL, previous BLOB, hash BLOB,
     PRIMARY KEY (d, revision)) WITHOUT ROWID;
   CREATE TABLE document_archive (
     d INTEGER NOT NULL, name TEXT NOT NULL, epoch INTEGER NOT NULL, encrypted BLOB NOT NULL,
     PRIMARY KEY (d, name));
   CREATE INDEX document_entry_mark ON document_entry (d, revision) WHERE kind <> 'update';

   INSERT INTO document (d, case_id, document_id, snapshot_revision, snapshot) SELECT d, case_id, case_id, snapshot_u, snapshot FROM draft;
   INSERT INTO document_entry (d, revision, kind, by, at, epoch, encrypted) SELECT d, u, kind, by, at, 0, sealed FROM draft_entry ORDER BY d, u;
   DROP TABLE draft_entry;
   DROP TABLE draft;`)
}
