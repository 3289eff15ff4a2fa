// A file for another audience is another file: of its own id, encrypted anew under that audience's key. The old one stays where it is, and
// nothing in the new one says that there is another.
import type { DueTimes } from '#server/due/due.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import type { AudienceFiles, FileOf, StoredPreview } from './audience-files.ts'
import { SETTLE_KIND, settleSubject, UPLOAD_KEPT_MS } from './uploads.ts'

interface Deps {
  readonly files: AudienceFiles
  readonly due: Pick<DueTimes, 'schedule'>
  /** Steady. */
  readonly clock: Clock
}

interface Copy {
  readonly of: FileOf
  readonly facts: FileFacts
  readonly to: Audience
  /** Made anew for each copy; the same for the same step, so that doing it again is harmless. */
  readonly newFileId: FileId
}

/** Answers what the event in the other audience has to say; whoever asks posts it within a day, else the copy goes. */
export type CopyFile = (copy: Copy) => Promise<FileFacts>

const PREVIEWS: readonly StoredPreview[] = ['thumbnail', 'view']

export function makeCopyFile({ files, due, clock }: Deps): CopyFile {
  return async ({ of, facts, to, newFileId }) => {
    const copy: FileOf = { caseId: of.caseId, audience: to, fileId: newFileId }
    await due.schedule(SETTLE_KIND, settleSubject(copy, '-'), clock.now() + UPLOAD_KEPT_MS)
    const original = await files.open(of)
    if (!original) throw new Error('a file that was posted is missing')
    await files.write(copy, original.pieces())
    for (const preview of PREVIEWS) {
      const drawn = await files.openPreview(of, preview)
      if (drawn) await files.writePreview(copy, preview, drawn.pieces())
    }
    return { ...facts, fileId: newFileId }
  }
}
