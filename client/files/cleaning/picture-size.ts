// How large a picture goes out when it goes out small: readable on any screen, light on a weak line.
const LONG = 2560
/** A long strip of a chat, or a panorama, would not be readable any more if it were made narrower than this. */
const SHORT = 1080

export interface PictureSize {
  readonly width: number
  readonly height: number
}

export function smallSize({ width, height }: PictureSize): PictureSize {
  const scale = Math.min(1, Math.max(LONG / Math.max(width, height), SHORT / Math.min(width, height)))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** More points than a browser can be asked to lay out in memory, and more than the server opens. */
export const MAX_POINTS = 100_000_000
