// Looks a file through that has come whole: whether it is what its name says, holds nothing that could act, and is as clean as its sender
// promised; then makes its previews. Bytes are read in bounded pieces; nothing is unpacked.
import { type OpenFile, wholeBytes } from '#server/storage/encrypted-files.ts'
import { typeByName } from '#shared/files/file-types.ts'
import type { Evidence, FileFacts, FileReason, FileTypeName } from '#shared/files/files-protocol.ts'
import { isBarePicture } from '#shared/files/picture-parts.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { AudienceFiles, FileOf } from './audience-files.ts'
import type { DrawPreviews } from './draw-previews.ts'
import { MAX_PICTURE_BYTES } from './file-limits.ts'
import { isOfType } from './file-signatures.ts'
import { holdsOtherFile } from './mixed-files.ts'
import { isPlainText } from './plain-text.ts'
import { readAt } from './read-at.ts'
import type { ScanFile } from './scan-file.ts'

type Found = Pick<FileFacts, 'type' | 'width' | 'height' | 'pages' | 'hasPreview'>
export type Checked = { readonly ok: true; readonly found: Found } | { readonly ok: false; readonly problem: Problem }

export interface ToCheck {
  readonly name: string
  readonly evidence: Evidence
  /** Whose turn it takes among the heavy tasks: the person's, so that no room waits for another. */
  readonly worker: string
}

export type CheckFile = (of: FileOf, what: ToCheck) => Promise<Checked>

interface Deps {
  readonly files: Pick<AudienceFiles, 'open' | 'writePreview'>
  readonly draw: DrawPreviews
  /** Undefined where no scanner is configured. */
  readonly scan: ScanFile | undefined
}

/** Enough of the beginning for whatever stands before the first frame of a sound. */
const HEAD_BYTES = 1024 * 1024

export function makeCheckFile({ files, draw, scan }: Deps): CheckFile {
  return async (of, { name, evidence, worker }) => {
    const file = await files.open(of)
    if (!file) throw new Error('a file that was just written is missing')
    const type = typeByName(name)
    if (!type) return refused('files/type-not-taken')
    const head = await readAt(file, 0, HEAD_BYTES)
    if (!(await isWhatItSays(file, head, type))) return refused('files/other-than-named')
    if (await holdsOtherFile(file, type)) return refused('files/unsafe')
    if (evidence === 'cleaned' && !isBarePicture(type, await wholeBytes(file, MAX_PICTURE_BYTES))) return refused('files/not-cleaned')
    if (scan) {
      const answer = await scan(file)
      if (answer === 'harmful') return refused('files/harmful')
      if (answer === 'unknown') return { ok: false, problem: { kind: 'unavailable', reason: 'files/cannot-check' satisfies FileReason } }
    }
    const drawn = await draw(file, type, worker)
    if (drawn.kind === 'too-large') return refused('files/picture-too-large', { megapixels: drawn.megapixels })
    for (const [preview, bytes] of drawn.pictures) await files.writePreview(of, preview, [bytes])
    return { ok: true, found: { type, ...drawn.measure, hasPreview: drawn.pictures.length > 0 } }
  }
}

async function isWhatItSays(file: OpenFile, head: Uint8Array, type: FileTypeName): Promise<boolean> {
  return type === 'text' ? isPlainText(file) : isOfType(file, head, type)
}

function refused(reason: FileReason, details?: Problem['details']): Checked {
  return { ok: false, problem: { kind: 'invalid', reason, ...(details && { details }) } }
}
