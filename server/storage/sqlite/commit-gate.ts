// Group commit: whatever is to be written in one turn of the event loop goes into one transaction, one fsync, and is
// answered after it. While a commit runs the next group collects by itself, so groups grow with the load.

import { storageUnavailable, storageUnknown } from '#server/storage/failure.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type Database, SQLITE_FULL, sqliteCode } from './database.ts'

/** Bounds how long one transaction keeps the event loop from everything else. */
const GROUP_LIMIT = 512

export type Schedule = (run: () => void) => void

export interface CommitGate {
  /**
   * Runs `work`, synchronously, in the next transaction; resolves with its result once that is durable.
   * `work` may run a second time, after the first was rolled back.
   */
  enter<T>(work: () => T): Promise<T>
  /** Told when a transaction came to nothing: what was remembered of it is wrong. */
  onRollback(forget: () => void): void
  /** Commits what has entered, refuses what comes later. */
  close(): void
}

interface Job {
  readonly work: () => void
  readonly done: () => void
  readonly failed: (error: Error) => void
}

type Outcome = { readonly kind: 'committed' } | { readonly kind: 'nothing-written' | 'unknown'; readonly cause: unknown }

export function createCommitGate(database: Pick<Database, 'begin' | 'commit' | 'rollback'>, schedule: Schedule): CommitGate {
  const waiting: Job[] = []
  const forgetters: (() => void)[] = []
  let scheduled = false
  let closed = false

  function enter<T>(work: () => T): Promise<T> {
    if (closed) return Promise.reject(storageUnavailable(new Error('the storage is closed')))
    return new Promise((resolve, reject) => {
      let result: { readonly value: T } | undefined
      waiting.push({
        work: () => {
          result = { value: work() }
        },
        done: () => {
          if (result) resolve(result.value)
        },
        failed: reject,
      })
      scheduleFlush()
    })
  }

  function scheduleFlush(): void {
    if (scheduled) return
    scheduled = true
    schedule(flush)
  }

  function flush(): void {
    scheduled = false
    const group = waiting.splice(0, GROUP_LIMIT)
    if (waiting.length > 0) scheduleFlush()
    if (group.length > 0) commitGroup(group)
  }

  function commitGroup(group: readonly Job[]): void {
    const outcome = transact(database, group)
    if (outcome.kind !== 'committed') for (const forget of forgetters) forget()
    switch (outcome.kind) {
      case 'committed':
        for (const job of group) job.done()
        return
      case 'unknown':
        for (const job of group) job.failed(storageUnknown(outcome.cause))
        return
      case 'nothing-written':
        // One job may be too large for the disk, or faulty: alone, it fails alone.
        if (group.length > 1) for (const job of group) commitGroup([job])
        else for (const job of group) job.failed(refusal(outcome.cause))
    }
  }

  function close(): void {
    closed = true
    while (waiting.length > 0) flush()
  }

  return { enter, onRollback: (forget) => void forgetters.push(forget), close }
}

function transact(database: Pick<Database, 'begin' | 'commit' | 'rollback'>, group: readonly Job[]): Outcome {
  let committing = false
  try {
    database.begin()
    for (const job of group) job.work()
    committing = true
    database.commit()
    return { kind: 'committed' }
  } catch (cause) {
    try {
      database.rollback()
    } catch {
      // A connection that cannot even roll back fails at the next BEGIN, which says so to whoever asks then.
    }
    // A disk that is full is noticed before the commit mark is written; an I/O error while syncing is not.
    return { kind: committing && sqliteCode(cause) !== SQLITE_FULL ? 'unknown' : 'nothing-written', cause }
  }
}

function refusal(cause: unknown): Error {
  if (sqliteCode(cause) !== undefined) return storageUnavailable(cause)
  return cause instanceof Error ? cause : new AppError({ kind: 'internal' }, { cause })
}
