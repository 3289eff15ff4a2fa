import { FILE_TYPES, isCleanable, typeByName } from '#shared/files/file-types.ts'
import type { Evidence, FileReason } from '#shared/files/files-protocol.ts'
import type { Problem } from '#shared/kernel/errors.ts'

export interface FileLimits {
  /** Of one file. */
  readonly fileBytes: number
  /** What one person may send in one case; a mediator some times as much. */
  readonly personBytes: number
}

const MEGABYTE = 1024 * 1024
/** A picture is looked at whole, in the memory of a worker. */
export const MAX_PICTURE_BYTES = 32 * MEGABYTE

interface NewUpload {
  readonly length: number
  readonly name: string
  readonly evidence: Evidence
}

/** What can be said against a file before any of it has come. */
export function refusalOfNew({ fileBytes }: FileLimits, { length, name, evidence }: NewUpload): Problem | undefined {
  const type = typeByName(name)
  if (!type) return { kind: 'invalid', reason: 'files/type-not-taken' satisfies FileReason, field: 'name' }
  if (evidence === 'cleaned' && !isCleanable(type)) return { kind: 'invalid', reason: 'files/not-cleanable' satisfies FileReason }
  if (length === 0) return { kind: 'invalid', reason: 'files/empty' satisfies FileReason }
  const most = FILE_TYPES[type].kind === 'picture' ? Math.min(fileBytes, MAX_PICTURE_BYTES) : fileBytes
  if (length <= most) return undefined
  return { kind: 'too-large', reason: 'files/too-large' satisfies FileReason, details: { megabytes: Math.floor(most / MEGABYTE) } }
}
