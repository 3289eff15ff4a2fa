// How an upload is changed, refused and removed: each by the record as it was read, first of all, so that nobody goes on with what is going.
import type { FileReason } from '#shared/files/files-protocol.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import type { Allowances, Whose } from './allowances.ts'
import type { AudienceFiles, FileOf } from './audience-files.ts'
import type { StoredUpload, UploadRecord, UploadRecords } from './upload-records.ts'

export interface UploadEnd {
  /** Throws when somebody else has changed it since it was read. */
  changed(stored: StoredUpload, change: Partial<UploadRecord>): Promise<StoredUpload>
  /** It is gone with all its bytes, unless somebody has changed it meanwhile: answers false. */
  drop(stored: StoredUpload): Promise<boolean>
  /** Refused for good, and its bytes gone; the reason stays for a day, for a device that did not hear it. */
  refuse(stored: StoredUpload, problem: Problem): Promise<never>
}

interface Deps {
  readonly records: UploadRecords
  readonly allowances: Allowances
  readonly files: Pick<AudienceFiles, 'destroy' | 'destroyPart'>
  /** Steady. */
  readonly clock: Clock
}

export function makeUploadEnd({ records, allowances, files, clock }: Deps): UploadEnd {
  async function destroyBytes(upload: UploadRecord): Promise<void> {
    for (const part of partsOf(upload)) await files.destroyPart(part)
    await files.destroy(upload)
    await allowances.release(whoseOf(upload), upload.fileId)
  }

  async function changed(stored: StoredUpload, change: Partial<UploadRecord>): Promise<StoredUpload> {
    const next = await records.replace(stored, { ...change, at: clock.now() })
    if (!next) throw overtaken()
    return next
  }

  return {
    changed,
    async drop(stored) {
      const { upload } = stored
      if (upload.state.kind !== 'dropped' && !(await records.replace(stored, { state: { kind: 'dropped' } }))) return false
      await destroyBytes(upload)
      await records.remove(upload.fileId)
      return true
    },
    async refuse(stored, problem) {
      await changed(stored, { state: { kind: 'refused', problem } })
      await destroyBytes(stored.upload)
      throw new AppError(problem)
    },
  }
}

/** Whatever rests of it beside the whole. */
export function partsOf({ caseId, audience, parts, writing }: UploadRecord): readonly FileOf[] {
  const ids = [...parts.map(({ fileId }) => fileId), ...(writing ? [writing] : [])]
  return ids.map((fileId) => ({ caseId, audience, fileId }))
}

export function whoseOf({ caseId, by }: UploadRecord): Whose {
  return { caseId, participantId: by }
}

/** Another request for the same upload was first; asked anew, it tells how far the upload has come. */
export function overtaken(): AppError {
  return new AppError({ kind: 'conflict', reason: 'files/other-offset' satisfies FileReason })
}
