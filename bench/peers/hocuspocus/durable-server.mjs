// Hocuspocus held to our promise: nothing is passed on or acknowledged before it is on the disk. All else is as it ships, see serve.mjs.
//
// Which hook: `onChange` runs too late, in a microtask behind the acknowledgement, which MessageReceiver sends in the same turn in which it
// applies the update; `onStoreDocument` is put off by seconds, and others are told meanwhile. `beforeSync` is awaited before an update is
// applied, passed on or acknowledged, and is given its bytes. What arrives in one turn of the event loop is one transaction, as ours is, so
// that the comparison is with the better of two ways to do it; SQLite syncs each with `synchronous=FULL`.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import * as Y from 'yjs'
import { serve } from './serve.mjs'

const SYNC_STEP_1 = 0

const database = new BetterSqlite3(join(process.env.DATA_FOLDER, 'updates.sqlite'))
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.pragma('wal_autocheckpoint = 4000')
database.exec(
  'CREATE TABLE IF NOT EXISTS update_log (name TEXT NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, number)) WITHOUT ROWID',
)
const insert = database.prepare(
  'INSERT INTO update_log VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM update_log WHERE name = ?), ?)',
)
const updatesOf = database.prepare('SELECT bytes FROM update_log WHERE name = ? ORDER BY number').pluck()
const insertAll = database.transaction((waiting) => {
  for (const { name, bytes } of waiting) insert.run(name, name, bytes)
})

let waiting = []

function flush() {
  const batch = waiting
  waiting = []
  try {
    insertAll(batch)
    for (const { stored } of batch) stored()
  } catch (error) {
    for (const { failed } of batch) failed(error)
  }
}

/** Resolves when it is on the disk. */
function append(name, bytes) {
  return new Promise((stored, failed) => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push({ name, bytes, stored, failed })
  })
}

const held = {
  async beforeSync({ documentName, type, payload }) {
    if (type !== SYNC_STEP_1 && !isNothing(payload)) await append(documentName, payload)
  },
  async onLoadDocument({ documentName, document }) {
    const updates = updatesOf.all(documentName)
    if (updates.length > 0) Y.applyUpdate(document, Y.mergeUpdates(updates))
  },
}

/** Neither structs nor deletions: what a reader says when it joins. */
function isNothing(update) {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}

await serve([held])
