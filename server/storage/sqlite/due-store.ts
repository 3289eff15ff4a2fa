// Steps by their times, in SQLite. A row is held, by a lease or after a failure, while it is ready later than it is due.
import { LONGEST_HOLD_MS } from '#server/storage/longest-hold.ts'
import type { DueStore, LeasedStep } from '#server/storage/ports.ts'
import { storableBytes } from '#server/storage/storable.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database } from './database.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

/** A step of the data's version. */
export function addDueSteps(database: Database): void {
  database.execute(`CREATE TABLE due_step (
     id TEXT PRIMARY KEY, at INTEGER NOT NULL, encrypted BLOB NOT NULL,
     ready_at INTEGER NOT NULL, lease TEXT, failures INTEGER NOT NULL DEFAULT 0);
   CREATE INDEX due_step_ready ON due_step (ready_at, id);
   CREATE INDEX due_step_held ON due_step (ready_at) WHERE ready_at > at;`)
}

export function createSqliteDueStore(database: Database, gate: CommitGate): DueStore {
  const put = database.prepare('INSERT OR REPLACE INTO due_step (id, at, encrypted, ready_at) VALUES (?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM due_step WHERE id = ?')
  const selectReady = database.prepare('SELECT id, at, encrypted, failures FROM due_step WHERE ready_at <= ? ORDER BY ready_at, id LIMIT ?')
  const selectOverheld = database.prepare(
    'SELECT id, at, encrypted, failures FROM due_step WHERE ready_at > ? AND ready_at > at AND at <= ? ORDER BY ready_at, id LIMIT ?',
  )
  const hold = database.prepare('UPDATE due_step SET lease = ?, ready_at = ? WHERE id = ?')
  const finish = database.prepare('DELETE FROM due_step WHERE id = ? AND lease = ?')
  const giveBack = database.prepare('UPDATE due_step SET lease = NULL, ready_at = ?, failures = ? WHERE id = ? AND lease = ?')
  const selectNext = database.prepare('SELECT ready_at FROM due_step ORDER BY ready_at LIMIT 1')

  return {
    schedule: ({ id, at, encrypted }) =>
      gate.enter(() => {
        put.run([id, at, storableBytes(encrypted), at])
      }),
    cancel: (id) =>
      gate.enter(() => {
        remove.run([id])
      }),
    lease: ({ now, until, lease, limit }) =>
      gate.enter(() => {
        const ready = selectReady.all([now, limit])
        const overheld = selectOverheld.all([now + LONGEST_HOLD_MS, now, limit - ready.length])
        return [...ready, ...overheld].map((row): LeasedStep => {
          const id = textAt(row, 0)
          hold.run([lease, until, id])
          return { id, at: integerAt(row, 1), encrypted: bytesAt(row, 2), lease, failures: integerAt(row, 3) }
        })
      }),
    finish: ({ id, lease }, next) =>
      gate.enter(() => {
        if (finish.run([id, lease]) === 0) return false
        if (next) put.run([next.id, next.at, storableBytes(next.encrypted), next.at])
        return true
      }),
    giveBack: ({ id, lease, failures }, readyAt) => gate.enter(() => giveBack.run([readyAt, failures, id, lease]) === 1),
    nextAt: async () => {
      const row = selectNext.get([])
      return row && integerAt(row, 0)
    },
  }
}
