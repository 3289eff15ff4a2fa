// What the driver's errors mean: a duplicate key, a definite refusal, or no knowledge whether something was written.
import mongoose from 'mongoose'
import { storageUnavailable, storageUnknown } from '#server/storage/failure.ts'
import { AppError } from '#shared/kernel/errors.ts'

const { MongoBulkWriteError, MongoError, MongoServerError, MongoWriteConcernError } = mongoose.mongo
const DUPLICATE_KEY = 11000

export type Inserted = 'stored' | 'conflict' | 'blocked' | 'unavailable' | 'unknown'

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY
}

/** One answer for each of `count` documents of an insertMany that failed. */
export function insertedDespite(error: unknown, count: number, ordered: boolean): Inserted[] {
  if (!(error instanceof MongoBulkWriteError)) {
    const answer = isRefused(error) ? 'unavailable' : 'unknown'
    return Array.from({ length: count }, () => answer)
  }
  const failures = new Map(
    [error.writeErrors].flat().map((one) => [one.index, one.code === DUPLICATE_KEY ? 'conflict' : 'unavailable'] as const),
  )
  // Written, but a majority may lose it, or the connection ended half-way: only a clean list of failures says that the rest is there.
  const rest = failures.size > 0 && !error.result.getWriteConcernError() ? 'stored' : 'unknown'
  const first = ordered ? Math.min(...failures.keys()) : Number.POSITIVE_INFINITY
  return Array.from({ length: count }, (_, i) => failures.get(i) ?? (i > first ? 'blocked' : rest))
}

/** The server said no before writing. Without that, or when it was stepping down, nobody knows. */
function isRefused(error: unknown): boolean {
  return error instanceof MongoServerError && !(error instanceof MongoWriteConcernError) && !error.hasErrorLabel('RetryableWriteError')
}

/** Errors of the driver as the platform's; all others as they are. */
export function translated(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof MongoError)) return error
  return isRefused(error) ? storageUnavailable(error) : storageUnknown(error)
}

export async function translating<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation()
  } catch (error) {
    throw translated(error)
  }
}
