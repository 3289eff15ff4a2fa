// Draws a picture anew: smaller, upright, still, and without anything that was written into the old one.
import sharp, { type Metadata, type Sharp } from 'sharp'
import { type DrawnPicture, MAX_OPENED_BYTES, MAX_PIXELS, THUMBNAIL_BYTES, VIEW_BYTES } from './draw-tasks.ts'

sharp.cache(false)
sharp.concurrency(1)

interface Try {
  readonly side: number
  readonly quality: number
}

/** Each weighs less than the one before. */
const THUMBNAILS: readonly Try[] = [
  { side: 320, quality: 60 },
  { side: 320, quality: 40 },
  { side: 240, quality: 35 },
  { side: 160, quality: 30 },
  { side: 96, quality: 20 },
]
const VIEWS: readonly Try[] = [
  { side: 1600, quality: 72 },
  { side: 1600, quality: 55 },
  { side: 1280, quality: 45 },
  { side: 960, quality: 35 },
  { side: 640, quality: 25 },
]
/** A pixel of a moving picture. */
const FRAME = 4
/** Turned by a quarter. */
const LYING = 5

export async function drawnPicture(bytes: Uint8Array): Promise<DrawnPicture> {
  // By the header alone: nothing is drawn that says it has more pixels than there is room for.
  const said = await sharp(bytes, { limitInputPixels: false }).metadata()
  const { width, height, orientation = 1 } = said
  const upright = orientation >= LYING ? { width: height, height: width } : { width, height }
  if (width * height > MAX_PIXELS || width * height * openedWhole(said) > MAX_OPENED_BYTES)
    return { ...upright, thumbnail: undefined, view: undefined }
  const view = await drawnWithin(bytes, VIEWS, VIEW_BYTES)
  return { ...upright, view, thumbnail: await drawnWithin(view, THUMBNAILS, THUMBNAIL_BYTES) }
}

/**
 * Bytes of each pixel that are in memory before the first can be drawn, by how it is written: a file of one megabyte may ask for a thousand.
 * None where it is drawn line by line as it is read.
 */
function openedWhole({ format, isProgressive, pages = 1, channels, depth }: Metadata): number {
  if (format === 'gif') return FRAME
  if (format === 'webp') return pages > 1 ? 2 * FRAME : 0
  if (!isProgressive) return 0
  return channels * (format === 'jpeg' || depth === 'ushort' ? 2 : 1)
}

export async function thumbnailOf(bytes: Uint8Array): Promise<Uint8Array> {
  return drawnWithin(bytes, THUMBNAILS, THUMBNAIL_BYTES)
}

export async function viewOf(bytes: Uint8Array): Promise<Uint8Array> {
  return drawnWithin(bytes, VIEWS, VIEW_BYTES)
}

/** The first that weighs no more than this; the last in any case is small. */
async function drawnWithin(bytes: Uint8Array, tries: readonly Try[], most: number): Promise<Uint8Array> {
  let drawn: Uint8Array = bytes
  for (const each of tries) {
    drawn = new Uint8Array(await drawing(bytes, each).toBuffer())
    if (drawn.length <= most) break
  }
  return drawn
}

function drawing(bytes: Uint8Array, { side, quality }: Try): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, sequentialRead: true, pages: 1 })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .webp({ quality, effort: 3 })
}
