// What is drawn of a file when it has come: whatever goes wrong with it costs the preview, never the file.
import { type OpenFile, wholeBytes } from '#server/storage/encrypted-files.ts'
import { type RunsTasks, WorkerFailure } from '#server/workers/task.ts'
import type { FileFacts, FileTypeName } from '#shared/files/files-protocol.ts'
import type { StoredPreview } from './audience-files.ts'
import { drawPage, drawPicture, MAX_PIXELS, MAX_PREVIEW_PAGES } from './draw-tasks.ts'
import { MAX_PICTURE_BYTES } from './file-limits.ts'

export type DrawnPreviews =
  | {
      readonly kind: 'drawn'
      readonly measure: Pick<FileFacts, 'width' | 'height' | 'pages'>
      readonly pictures: readonly (readonly [StoredPreview, Uint8Array])[]
    }
  | { readonly kind: 'too-large'; readonly megapixels: number }

export type DrawPreviews = (file: OpenFile, type: FileTypeName, worker: string) => Promise<DrawnPreviews>

const NOTHING: DrawnPreviews = { kind: 'drawn', measure: {}, pictures: [] }
const DRAWN: ReadonlySet<FileTypeName> = new Set(['jpeg', 'png', 'webp', 'gif', 'pdf'])

export function makeDrawPreviews(pool: RunsTasks): DrawPreviews {
  async function draw(file: OpenFile, type: FileTypeName, worker: string): Promise<DrawnPreviews> {
    const bytes = () => wholeBytes(file, MAX_PICTURE_BYTES)
    if (type === 'pdf') {
      const first = async () => ({ bytes: await bytes(), page: 1, preview: 'thumbnail' as const })
      const { pages, picture } = await pool.run(drawPage, worker, first)
      return { kind: 'drawn', measure: { pages: Math.min(pages, MAX_PREVIEW_PAGES) }, pictures: [['thumbnail', picture]] }
    }
    const { width, height, thumbnail, view } = await pool.run(drawPicture, worker, bytes)
    if (width * height > MAX_PIXELS) return { kind: 'too-large', megapixels: Math.floor(MAX_PIXELS / 1_000_000) }
    const measure = { width, height }
    if (!thumbnail || !view) return { kind: 'drawn', measure, pictures: [] }
    return {
      kind: 'drawn',
      measure,
      pictures: [
        ['thumbnail', thumbnail],
        ['view', view],
      ],
    }
  }

  return async (file, type, worker) => {
    if (!DRAWN.has(type) || file.length > MAX_PICTURE_BYTES) return NOTHING
    try {
      return await draw(file, type, worker)
    } catch (cause) {
      if (cause instanceof WorkerFailure) return NOTHING
      throw cause
    }
  }
}
