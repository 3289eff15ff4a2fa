// Files and their previews, for whoever reads their event at this moment. A right that ends, ends what is running.
import type { PersonCaller } from '#server/http/caller.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import { makeTokenBucket } from '#server/realtime/token-bucket.ts'
import { type OpenFile, wholeBytes } from '#server/storage/encrypted-files.ts'
import { type RunsTasks, WorkerFailure } from '#server/workers/task.ts'
import type { FileReason } from '#shared/files/files-protocol.ts'
import { fileAllowance, fileDownload, filePreview } from '#shared/files/files-routes.ts'
import type { Clock, Stopwatch } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import type { StreamedDownload } from '#shared/protocol/route.ts'
import { type Allowances, OPEN_AT_ONCE, usedOf, type Whose } from './allowances.ts'
import type { AudienceFiles } from './audience-files.ts'
import { drawPage } from './draw-tasks.ts'
import { type FileLimits, MAX_PICTURE_BYTES } from './file-limits.ts'
import type { FileReader, FoundFile } from './file-reader.ts'

interface Deps {
  readonly files: Pick<AudienceFiles, 'open' | 'openPreview'>
  readonly reader: FileReader
  readonly allowances: Pick<Allowances, 'of'>
  readonly mostOf: (whose: Whose) => Promise<number>
  readonly limits: FileLimits
  readonly workers: RunsTasks
  readonly clock: Clock
  readonly stopwatch: Stopwatch
}

/** A room with many pictures asks for all their thumbnails at once. */
const READS = 240
const READS_PER_SECOND = 20
/** How soon a download hears of what was stored by another server. */
const REFRESH_MS = 2_000

export function fileRoutes(deps: Deps): readonly ServedRoute[] {
  const { files, reader, allowances, limits } = deps
  const reads = makeTokenBucket({ clock: deps.clock, burst: READS, perSecond: READS_PER_SECOND })

  async function find(caller: PersonCaller, fileId: FileId): Promise<FoundFile> {
    if (!reads.take(`${caller.caseId} ${caller.participantId}`)) throw tooFast()
    const found = await reader.find(caller, fileId)
    if (!found) throw new AppError({ kind: 'not-found' })
    return found
  }

  function whileRead(caller: PersonCaller, { of }: FoundFile, file: OpenFile): OpenFile {
    async function* pieces(from?: number): AsyncGenerator<Uint8Array> {
      let looked = deps.stopwatch.elapsed()
      for await (const piece of file.pieces(from)) {
        if (deps.stopwatch.elapsed() - looked >= REFRESH_MS) {
          await reader.refresh(of.caseId)
          looked = deps.stopwatch.elapsed()
        }
        if (!reader.stillReads(caller, of)) throw new AppError({ kind: 'not-found' })
        yield piece
      }
    }
    return { ...file, pieces }
  }

  async function page(caller: PersonCaller, found: FoundFile, number: number): Promise<Uint8Array> {
    const file = number <= (found.facts.pages ?? 0) ? await files.open(found.of) : undefined
    if (!file || file.length > MAX_PICTURE_BYTES) throw new AppError({ kind: 'not-found' })
    const toDraw = async () => ({ bytes: await wholeBytes(file, MAX_PICTURE_BYTES), page: number, preview: 'page' as const })
    try {
      return (await deps.workers.run(drawPage, `${caller.caseId} ${caller.participantId}`, toDraw)).picture
    } catch (cause) {
      if (cause instanceof WorkerFailure && cause.isOwnFault) throw new AppError({ kind: 'not-found' }, { cause })
      throw cause
    }
  }

  return [
    serve(fileAllowance, async (_input, caller) => {
      const left = Math.max(0, (await deps.mostOf(caller)) - usedOf(await allowances.of(caller)))
      return { largestFile: limits.fileBytes, left, openAtOnce: OPEN_AT_ONCE }
    }),
    serve(fileDownload, async ({ fileId }, caller) => {
      const found = await find(caller, fileId)
      return named('file.bin', whileRead(caller, found, await opened(files.open(found.of))))
    }),
    serve(filePreview, async ({ fileId, preview }, caller) => {
      const found = await find(caller, fileId)
      if (preview === 'thumbnail' || preview === 'view')
        return named('preview.webp', whileRead(caller, found, await opened(files.openPreview(found.of, preview))))
      const bytes = await page(caller, found, Number(preview.slice('page-'.length)))
      if (!reader.stillReads(caller, found.of)) throw new AppError({ kind: 'not-found' })
      return { bytes, fileName: 'preview.webp' }
    }),
  ]
}

/** What people called it stands in its event, and in nothing that others write down. */
function named(fileName: string, stream: OpenFile): StreamedDownload {
  return { stream, fileName }
}

async function opened(opening: Promise<OpenFile | undefined>): Promise<OpenFile> {
  const file = await opening
  if (!file) throw new AppError({ kind: 'not-found' })
  return file
}

function tooFast(): AppError {
  return new AppError({ kind: 'too-many', reason: 'files/too-fast' satisfies FileReason, details: { seconds: 1 } })
}
