// Uploads, whatever protocol they come by: begun, continued, given up, and looked through when all of it has come. An upload belongs to one
// person and one audience; for everybody else it does not exist. Who may send is asked again with each part.
import type { DueTimes } from '#server/due/due.ts'
import type { PersonCaller } from '#server/http/caller.ts'
import { wholeBytes } from '#server/storage/encrypted-files.ts'
import type { UploadMetadata } from '#shared/files/upload-protocol.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type FileId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Allowances, Whose } from './allowances.ts'
import type { AudienceFiles, FileOf } from './audience-files.ts'
import type { CompleteUpload } from './complete-upload.ts'
import { type FileLimits, refusalOfNew } from './file-limits.ts'
import type { FileReader } from './file-reader.ts'
import { gathered } from './gather-parts.ts'
import { overtaken, type UploadEnd } from './upload-end.ts'
import { offsetOf, type StoredUpload, type UploadRecords } from './upload-records.ts'

/** How long an upload lives after its last change. */
export const UPLOAD_KEPT_MS = 24 * 3_600_000
export const SETTLE_KIND = 'files/settle'
/** What a stored part of an upload holds: some pieces, and what is lost at the most when a server is killed. */
const PART_BYTES = 512 * 1024

export interface Uploads {
  begin(caller: PersonCaller, upload: { readonly length: number; readonly metadata: UploadMetadata }): Promise<FileId>
  /** How far it has come. */
  look(caller: PersonCaller, fileId: FileId): Promise<{ readonly length: number; readonly offset: number }>
  /** Answers how far it has come then. What arrived before the stream broke is kept. */
  append(
    caller: PersonCaller,
    fileId: FileId,
    sent: { readonly offset: number; readonly stream: AsyncIterable<Uint8Array>; readonly isLive: () => Promise<boolean> },
  ): Promise<number>
  giveUp(caller: PersonCaller, fileId: FileId): Promise<void>
  /** Looks it through, once; throws what was found against it. */
  complete(whose: Whose, fileId: FileId): Promise<CompleteUpload>
}

interface Deps {
  readonly records: UploadRecords
  readonly allowances: Allowances
  readonly files: AudienceFiles
  readonly reader: Pick<FileReader, 'demandMayPost'>
  readonly end: UploadEnd
  readonly complete: (stored: StoredUpload) => Promise<CompleteUpload>
  readonly due: Pick<DueTimes, 'schedule'>
  readonly limits: FileLimits
  /** Bytes that this person may send in this case. */
  readonly mostOf: (whose: Whose) => Promise<number>
  readonly entropy: Entropy
  /** Steady. */
  readonly clock: Clock
}

export function makeUploads(deps: Deps): Uploads {
  const { records, allowances, files, reader, end, clock } = deps
  const newFileId = () => asId<FileId>(base64url(deps.entropy.bytes(16, 'file id')))

  async function mine({ caseId, participantId }: Whose, fileId: FileId): Promise<StoredUpload> {
    const stored = await records.get(fileId)
    const isMine = stored?.upload.caseId === caseId && stored.upload.by === participantId && stored.upload.state.kind !== 'dropped'
    if (!stored || !isMine) throw new AppError({ kind: 'not-found' })
    if (stored.upload.state.kind === 'refused') throw new AppError(stored.upload.state.problem)
    return stored
  }

  /** Where its sender may not send any more nothing of it stays. */
  async function demandMayPost(caller: PersonCaller, stored: StoredUpload): Promise<void> {
    try {
      await reader.demandMayPost(caller, stored.upload.audience)
    } catch (cause) {
      if (cause instanceof AppError && cause.problem.kind !== 'unavailable') await end.drop(stored)
      throw cause
    }
  }

  async function partBytes(part: FileOf): Promise<Uint8Array> {
    const opened = await files.open(part)
    if (!opened) throw overtaken() // another request has written it anew
    return wholeBytes(opened)
  }

  async function storePart(stored: StoredUpload, bytes: Uint8Array): Promise<StoredUpload> {
    const { upload } = stored
    const part: FileOf = { ...upload, fileId: newFileId() }
    // A short one is written anew with what follows it: whoever sends byte by byte leaves no more parts than anybody else.
    const last = upload.parts.at(-1)
    const short = last && last.length + bytes.length <= PART_BYTES ? last : undefined
    const begun = await end.changed(stored, { writing: part.fileId })
    if (upload.writing) await files.destroyPart({ ...upload, fileId: upload.writing }) // of a server that was killed, or overtaken
    const before = short ? await partBytes({ ...upload, fileId: short.fileId }) : new Uint8Array()
    await files.write(part, [before, bytes])
    const parts = [...(short ? upload.parts.slice(0, -1) : upload.parts), { fileId: part.fileId, length: before.length + bytes.length }]
    const done = await end.changed(begun, { writing: short?.fileId, parts }).catch(async (cause) => {
      await files.destroyPart(part)
      throw cause
    })
    if (short) await files.destroyPart({ ...upload, fileId: short.fileId })
    return done
  }

  return {
    async begin(caller, { length, metadata }) {
      await reader.demandMayPost(caller, metadata.audience)
      const problem = refusalOfNew(deps.limits, { length, ...metadata })
      if (problem) throw new AppError(problem)
      const of: FileOf = { caseId: caller.caseId, audience: metadata.audience, fileId: newFileId() }
      // First the step that will remove it: a step about nothing is harmless, bytes without one would stay.
      await deps.due.schedule(SETTLE_KIND, settleSubject(of, caller.participantId), clock.now() + UPLOAD_KEPT_MS)
      await allowances.reserve(caller, { fileId: of.fileId, length }, await deps.mostOf(caller))
      const told = await files.encrypt(of, metadata)
      const state = { kind: 'sending' } as const
      await records.insert({ ...of, by: caller.participantId, length, told, parts: [], writing: undefined, state, at: clock.now() })
      return of.fileId
    },
    async look(caller, fileId) {
      const { upload } = await mine(caller, fileId)
      return { length: upload.length, offset: offsetOf(upload) }
    },
    async append(caller, fileId, { offset, stream, isLive }) {
      let stored = await mine(caller, fileId)
      await demandMayPost(caller, stored)
      if (stored.upload.state.kind !== 'sending' || offsetOf(stored.upload) !== offset) throw overtaken()
      for await (const part of gathered(stream, PART_BYTES)) {
        // whose device was given away meanwhile goes on later
        if (!(await isLive())) throw new AppError({ kind: 'unauthenticated' })
        await demandMayPost(caller, stored)
        stored = await storePart(stored, part)
      }
      return offsetOf(stored.upload)
    },
    async giveUp(caller, fileId) {
      if (!(await end.drop(await mine(caller, fileId)))) throw overtaken()
    },
    complete: async (whose, fileId) => deps.complete(await mine(whose, fileId)),
  }
}

/** Of ids alone. */
export function settleSubject({ caseId, audience, fileId }: FileOf, by: ParticipantId): string {
  return [caseId, audience, by, fileId].join('/')
}
