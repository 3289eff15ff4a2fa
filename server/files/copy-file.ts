// A file for another audience is another file: of its own id, encrypted anew under that audience's key. The old one stays where it is, and
// nothing in the new one says that there is another. Until it is posted a copy is an upload of whoever asked for it, that has come whole: it
// counts as one, and what is not posted within a day goes as one.
import type { DueTimes } from '#server/due/due.ts'
import { SingleFlight } from '#server/workers/single-flight.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { Allowances, Whose } from './allowances.ts'
import { type AudienceFiles, type CopyStep, type FileOf, STORED_PREVIEWS } from './audience-files.ts'
import { overtaken, type UploadEnd } from './upload-end.ts'
import type { UploadRecords } from './upload-records.ts'
import { SETTLE_KIND, settleSubject, UPLOAD_KEPT_MS } from './uploads.ts'

interface Deps {
  readonly files: AudienceFiles
  readonly records: Pick<UploadRecords, 'insert' | 'get'>
  readonly allowances: Pick<Allowances, 'reserve'>
  readonly mostOf: (whose: Whose) => Promise<number>
  readonly end: Pick<UploadEnd, 'changed'>
  readonly due: Pick<DueTimes, 'schedule'>
  /** Steady. */
  readonly clock: Clock
}

interface Copy {
  readonly of: FileOf
  /** What the event in the other audience is to say, but for the id. */
  readonly facts: FileFacts
  readonly to: Audience
  readonly step: CopyStep
}

/**
 * Answers what the event in the other audience has to say; undefined where the original is gone. Throws when whoever asks may send no more.
 * Done again for the same step it finds what it has made.
 */
export type CopyFile = (copy: Copy) => Promise<FileFacts | undefined>

export function makeCopyFile({ files, records, allowances, mostOf, end, due, clock }: Deps): CopyFile {
  const underWay = new SingleFlight<FileFacts | undefined>()

  async function begin(copy: FileOf, { name, evidence, size: length }: FileFacts, by: CopyStep['by']): Promise<void> {
    const whose = { caseId: copy.caseId, participantId: by }
    await due.schedule(SETTLE_KIND, settleSubject(copy, by), clock.now() + UPLOAD_KEPT_MS)
    await allowances.reserve(whose, { fileId: copy.fileId, length }, await mostOf(whose))
    const told = await files.encrypt(copy, { audience: copy.audience, name, evidence })
    await records.insert({ ...copy, by, length, told, parts: [], writing: undefined, state: { kind: 'sending' }, at: clock.now() })
  }

  /** False where there is nothing to copy any more. */
  async function copyBytes(of: FileOf, copy: FileOf): Promise<boolean> {
    const original = await files.open(of)
    if (!original) return false
    try {
      await files.write(copy, original.pieces())
      for (const preview of STORED_PREVIEWS) {
        const drawn = await files.openPreview(of, preview)
        if (drawn) await files.writePreview(copy, preview, drawn.pieces())
      }
      return true
    } catch (cause) {
      if (await files.open(of)) throw cause
      return false // it was taken away meanwhile
    }
  }

  async function make(of: FileOf, copy: FileOf, facts: FileFacts, by: CopyStep['by']): Promise<FileFacts | undefined> {
    const file: FileFacts = { ...facts, fileId: copy.fileId }
    if (!(await records.get(copy.fileId))) await begin(copy, facts, by)
    const stored = await records.get(copy.fileId)
    if (!stored) throw overtaken()
    if (stored.upload.state.kind === 'ready') {
      await end.changed(stored, {}) // it is wanted: not to be removed as forgotten
      return file
    }
    if (!(await copyBytes(of, copy))) return undefined
    await end.changed(stored, { state: { kind: 'ready', facts: await files.encrypt(copy, file) } })
    return file
  }

  return async ({ of, facts, to, step }) => {
    const place = { caseId: of.caseId, audience: to }
    const fileId = await files.copyId(place, step)
    // The same press may come twice at once, after a connection was cut.
    return underWay.run(fileId, () => make(of, { ...place, fileId }, facts, step.by))
  }
}
