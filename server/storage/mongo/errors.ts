// What the driver's errors mean: a duplicate key, a definite refusal, or no knowledge whether something was written.
import mongoose from 'mongoose'
import { storageUnavailable, storageUnknown } from '#server/storage/failure.ts'
import { AppError } from '#shared/kernel/errors.ts'

const { BSON, MongoBulkWriteError, MongoError, MongoInvalidArgumentError, MongoServerError, MongoWriteConcernError } = mongoose.mongo
const { BSONError } = BSON
const DUPLICATE_KEY = 11000
/** BadValue, InvalidBSON, DocumentValidationFailure, BSONObjectTooLarge (two codes), KeyTooLong: the document is at fault. */
const OF_THE_DOCUMENT: readonly unknown[] = [2, 22, 121, 10334, 17420, 17280]

export type Inserted = 'stored' | 'conflict' | 'blocked' | 'unstorable' | 'unavailable' | 'unknown'

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY
}

/** One answer for each of `count` documents of an insertMany that failed. */
export function insertedDespite(error: unknown, count: number, ordered: boolean): Inserted[] {
  if (!(error instanceof MongoBulkWriteError)) {
    const answer = isRefused(error) ? 'unavailable' : 'unknown'
    return Array.from({ length: count }, () => answer)
  }
  const failures = new Map([error.writeErrors].flat().map((one) => [one.index, failureOf(one.code)] as const))
  // Written, but a majority may lose it, or the connection ended half-way: only a clean list of failures says that the rest is there.
  const rest = failures.size > 0 && !error.result.getWriteConcernError() ? 'stored' : 'unknown'
  const first = ordered ? Math.min(...failures.keys()) : Number.POSITIVE_INFINITY
  return Array.from({ length: count }, (_, i) => failures.get(i) ?? (i > first ? 'blocked' : rest))
}

function failureOf(code: unknown): Inserted {
  if (code === DUPLICATE_KEY) return 'conflict'
  return OF_THE_DOCUMENT.includes(code) ? 'unstorable' : 'unavailable'
}

/** The driver itself could not make a message of what it was given: it says so of all of them, and one is at fault. */
export function isFaultOfDocuments(error: unknown): boolean {
  return (
    error instanceof MongoInvalidArgumentError || error instanceof BSONError || error instanceof RangeError || error instanceof TypeError
  )
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
