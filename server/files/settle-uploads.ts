// What becomes of an upload, or of a copy: posted, it leaves nothing but the file; forgotten for a day, it leaves nothing at all. A post tells at once, a
// due step looks in any case, so that nothing of what a killed server left stays.
import type { DueKind } from '#server/due/due.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { filePosted, fileReleased } from '#shared/files/files-protocol.ts'
import { isAudience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { asId, type CaseId, type FileId, type ParticipantId } from '#shared/kernel/ids.ts'
import { isEvent } from '#shared/log/fold.ts'
import type { Allowances } from './allowances.ts'
import type { AudienceFiles, FileOf } from './audience-files.ts'
import type { FileReader } from './file-reader.ts'
import { partsOf, type UploadEnd, whoseOf } from './upload-end.ts'
import type { StoredUpload, UploadRecords } from './upload-records.ts'
import { SETTLE_KIND, UPLOAD_KEPT_MS } from './uploads.ts'

interface Deps {
  readonly records: UploadRecords
  readonly allowances: Allowances
  readonly files: Pick<AudienceFiles, 'destroy' | 'destroyPart'>
  readonly end: Pick<UploadEnd, 'drop'>
  readonly reader: Pick<FileReader, 'isPosted'>
  /** Steady. */
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

export interface Settling {
  readonly dueKind: DueKind
  readonly subscriber: Subscriber
}

export function makeSettling({ records, allowances, files, end, reader, clock, onTrouble }: Deps): Settling {
  /** The file stays, the parts that it came in go. */
  async function conclude({ upload }: StoredUpload): Promise<void> {
    for (const part of partsOf(upload)) await files.destroyPart(part)
    await allowances.spend(whoseOf(upload), upload.fileId)
    await records.remove(upload.fileId)
  }

  async function settle(of: FileOf, by: ParticipantId): Promise<number | undefined> {
    const isPosted = await reader.isPosted(of)
    const stored = await records.get(of.fileId)
    if (isPosted) {
      if (stored) await conclude(stored)
      return undefined
    }
    if (stored) {
      const until = stored.upload.at + UPLOAD_KEPT_MS
      if (until > clock.now()) return until
      return (await end.drop(stored)) ? undefined : clock.now() + UPLOAD_KEPT_MS
    }
    // Begun and killed before its record was written; or posted and taken away since.
    await files.destroy(of)
    await allowances.release({ caseId: of.caseId, participantId: by }, of.fileId)
    return undefined
  }

  return {
    dueKind: {
      kind: SETTLE_KIND,
      async run(subject) {
        const [caseId = '', audience = '', by = '', fileId = ''] = subject.split('/')
        if (!isAudience(audience)) return undefined
        const of = { caseId: asId<CaseId>(caseId), audience, fileId: asId<FileId>(fileId) }
        return settle(of, asId<ParticipantId>(by))
      },
    },
    subscriber: {
      name: 'posted files',
      committed({ events }) {
        for (const event of events) {
          if (!isEvent(event, filePosted) && !isEvent(event, fileReleased)) continue
          records
            .get(event.body.file.fileId)
            .then((stored) => stored && conclude(stored))
            .catch(onTrouble)
        }
      },
    },
  }
}
