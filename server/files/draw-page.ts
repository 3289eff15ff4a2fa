// Draws a page of a PDF: its words and pictures, without running anything that stands in it and without fetching anything.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Canvas } from '@napi-rs/canvas'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { thumbnailOf, viewOf } from './draw-picture.ts'
import type { DrawnPage, PageToDraw } from './draw-tasks.ts'

const LONGEST_SIDE = { thumbnail: 640, page: 1600 } as const
/** As it is in Node; the library's types know browsers alone. */
interface CanvasMaker {
  create(width: number, height: number): { readonly canvas: Canvas; readonly context: ReturnType<Canvas['getContext']> }
}

/** Of one picture within a page. */
const MAX_IMAGE_PIXELS = 40_000_000

const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
const folderOf = (name: string) => `${join(packageFolder, name)}/`

export async function drawnPage({ bytes, page: number, preview }: PageToDraw): Promise<DrawnPage> {
  const loading = getDocument({
    data: bytes,
    isEvalSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    disableFontFace: true,
    useSystemFonts: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    cMapUrl: folderOf('cmaps'),
    standardFontDataUrl: folderOf('standard_fonts'),
    wasmUrl: folderOf('wasm'),
    verbosity: VerbosityLevel.ERRORS,
  })
  try {
    const document = await loading.promise
    const page = await document.getPage(number)
    const whole = page.getViewport({ scale: 1 })
    const scale = LONGEST_SIDE[preview] / Math.max(whole.width, whole.height, 1)
    const viewport = page.getViewport({ scale })
    // The library's own maker of canvases: what it draws with has to come from the same place.
    const factory = document.canvasFactory as CanvasMaker
    const { canvas, context } = factory.create(Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height)))
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    // Both are a canvas as browsers have it, by different names.
    await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
    const drawn = new Uint8Array(canvas.toBuffer('image/png'))
    return { pages: document.numPages, picture: await (preview === 'thumbnail' ? thumbnailOf(drawn) : viewOf(drawn)) }
  } finally {
    await loading.destroy()
  }
}
