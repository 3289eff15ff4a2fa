// How a storage says that it cannot: always an AppError, so that both edges translate it without knowing any database.
import { AppError } from '#shared/kernel/errors.ts'

const FULL = 'storage/unavailable'
const UNKNOWN = 'storage/unknown'

/** Another process works on this data folder already. */
export class StorageLockedError extends AppError {
  constructor(folder: string, cause: unknown) {
    super(
      { kind: 'conflict', reason: 'storage/locked' },
      { message: `another server is running on the data folder ${folder}; stop it first, or give this one a folder of its own`, cause },
    )
  }
}

/** The data was written by a newer release, or is not ours, or is damaged: better no server than a wrong one. */
export function unusableStorage(message: string, cause?: unknown): AppError {
  return new AppError({ kind: 'internal', reason: 'storage/unusable' }, { message, cause })
}

/** Nothing was written: disk full, read-only, no server to be reached. */
export function storageUnavailable(cause: unknown): AppError {
  return new AppError({ kind: 'unavailable', reason: FULL }, { message: 'the storage wrote nothing', cause })
}

/** It may have been written or not: read back before answering anybody. */
export function storageUnknown(cause: unknown): AppError {
  return new AppError({ kind: 'unavailable', reason: UNKNOWN }, { message: 'the storage cannot say whether it wrote', cause })
}

/** A batch's answers when its write failed as a whole; errors that are not the storage's pass on. */
export async function answersOrFailure<Answer extends string>(
  writing: Promise<readonly Answer[]>,
  count: number,
): Promise<readonly (Answer | 'unavailable' | 'unknown')[]> {
  try {
    return await writing
  } catch (error) {
    const reason = error instanceof AppError ? error.problem.reason : undefined
    if (reason === FULL) return Array.from({ length: count }, () => 'unavailable' as const)
    if (reason === UNKNOWN) return Array.from({ length: count }, () => 'unknown' as const)
    throw error
  }
}
