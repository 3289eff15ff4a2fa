// An upload that has come whole is put together, looked through, and is then ready to be posted; or refused, for good. Done again it finds
// what was found before, and finishes what a killed server left.
import { SingleFlight } from '#server/workers/single-flight.ts'
import type { FileFacts, FileReason } from '#shared/files/files-protocol.ts'
import type { UploadMetadata } from '#shared/files/upload-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { hex } from '#shared/kernel/bytes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AudienceFiles } from './audience-files.ts'
import type { CheckFile } from './check-file.ts'
import { partsOf, type UploadEnd } from './upload-end.ts'
import { offsetOf, type StoredUpload, type UploadRecord } from './upload-records.ts'

export interface CompleteUpload {
  readonly audience: Audience
  readonly file: FileFacts
}

interface Deps {
  readonly files: AudienceFiles
  readonly check: CheckFile
  readonly end: Pick<UploadEnd, 'changed' | 'refuse'>
}

export function makeCompleteUpload({ files, check, end }: Deps): (stored: StoredUpload) => Promise<CompleteUpload> {
  const underWay = new SingleFlight<CompleteUpload>()

  async function* wholeOf(upload: UploadRecord): AsyncGenerator<Uint8Array> {
    for (const part of partsOf({ ...upload, writing: undefined })) {
      const opened = await files.open(part)
      if (!opened) throw new Error('a part of an upload is missing')
      yield* opened.pieces()
    }
  }

  async function complete(stored: StoredUpload): Promise<CompleteUpload> {
    const { upload } = stored
    const { audience } = upload
    if (upload.state.kind === 'ready') {
      await end.changed(stored, {}) // it is wanted: not to be removed as forgotten
      return { audience, file: await files.decrypt<FileFacts>(upload, upload.state.facts) }
    }
    if (offsetOf(upload) < upload.length) throw new AppError({ kind: 'conflict', reason: 'files/incomplete' satisfies FileReason })
    const { name, evidence } = await files.decrypt<UploadMetadata>(upload, upload.told)
    const { digest } = await files.write(upload, wholeOf(upload))
    const checked = await check(upload, { name, evidence, worker: `${upload.caseId} ${upload.by}` })
    if (!checked.ok) {
      if (checked.problem.kind === 'unavailable') throw new AppError(checked.problem)
      return end.refuse(stored, checked.problem)
    }
    const { fileId, length: size } = upload
    const file: FileFacts = { fileId, name, size, sha256: hex(digest), evidence, ...checked.found }
    await end.changed(stored, { state: { kind: 'ready', facts: await files.encrypt(upload, file) } })
    return { audience, file }
  }

  return (stored) => underWay.run(`${stored.upload.caseId} ${stored.upload.fileId}`, () => complete(stored))
}
