// Pictures of other people's files are drawn in the worker pool, in bounded memory and time.
import { defineTask } from '#server/workers/task.ts'

export interface DrawnPicture {
  /** As it stands upright. */
  readonly width: number
  readonly height: number
  /** Undefined where it has too many pixels to be drawn, or takes too much room before any of it can be. */
  readonly thumbnail: Uint8Array | undefined
  readonly view: Uint8Array | undefined
}

export interface PageToDraw {
  readonly bytes: Uint8Array
  /** From 1. */
  readonly page: number
  readonly preview: 'thumbnail' | 'page'
}

export interface DrawnPage {
  readonly pages: number
  readonly picture: Uint8Array
}

/** A modern telephone's largest pictures have somewhat fewer; a header that says more is not followed. */
export const MAX_PIXELS = 110_000_000
/** What a picture may take that has to be opened whole, however small it is drawn. The memory of a picture is no thread's own. */
export const MAX_OPENED_BYTES = 192 * 1024 * 1024
/** Of one document; what follows is read by whoever downloads it. */
export const MAX_PREVIEW_PAGES = 50
export const THUMBNAIL_BYTES = 12 * 1024
export const VIEW_BYTES = 150 * 1024

/** Seconds at most; a machine that is very busy takes many times as long, and loads first what draws. */
const DRAWING_LIMITS = { priority: 'background', timeout: 60_000 } as const

/** What cannot be read as a picture fails. */
export const drawPicture = defineTask<Uint8Array, DrawnPicture>('draw-picture', DRAWING_LIMITS)
export const drawPage = defineTask<PageToDraw, DrawnPage>('draw-page', DRAWING_LIMITS)
