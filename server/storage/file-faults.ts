// What a FileStore says in words, the same in each storage.
import { AppError } from '#shared/kernel/errors.ts'

/** Another file stands under this id. */
export function fileDiffers(): AppError {
  return new AppError({ kind: 'conflict', reason: 'storage/file-differs' })
}

/** It took so long that it was taken for abandoned. */
export function writingAbandoned(): AppError {
  return new AppError({ kind: 'conflict', reason: 'storage/writing-abandoned' })
}

export function pieceMissing(at: number): Error {
  return new Error(`piece ${at} of a file is missing`)
}
