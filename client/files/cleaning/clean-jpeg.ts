// A JPEG of which the picture alone is left, without drawing it anew. What is not known to belong to the picture goes: place and camera,
// small pictures of the whole, colour profiles, comments, and whatever telephones write behind the end.
import { concat, latin } from '#shared/kernel/bytes.ts'
import { orientationIn } from './orientation.ts'

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const NOTES = 0xe1
const COLOURS = 0xee
const EXIF = 'Exif\0\0'

/** Tables and frames; not the arithmetic ones, which no browser draws, nor anything that belongs to an application. */
const OF_PICTURE = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, SCAN])

export interface CleanPicture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** Undefined where it is not a whole JPEG, or is turned by its notes: then only drawing it anew can clean it. */
export function cleanJpeg(bytes: Uint8Array): CleanPicture | undefined {
  const parts: Uint8Array[] = [new Uint8Array([0xff, START])]
  let size: { readonly width: number; readonly height: number } | undefined
  if (bytes[0] !== 0xff || bytes[1] !== START) return undefined
  let at = 2
  for (;;) {
    const marker = markerAt(bytes, at)
    if (!marker) return undefined
    at = marker.after
    if (marker.kind === END) return size && size.height > 0 ? { bytes: concat(...parts, new Uint8Array([0xff, END])), ...size } : undefined
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    const end = at + length
    if (length < 2 || end > bytes.length) return undefined
    const body = bytes.subarray(at + 2, end)
    if (marker.kind === NOTES && latin(body.subarray(0, 6)) === EXIF && orientationIn(body.subarray(6)) !== 1) return undefined
    if (isFrame(marker.kind)) size = sizeIn(body)
    const next = marker.kind === SCAN ? endOfScan(bytes, end) : end
    // twelve bytes that say how colours are written: without them some pictures show false ones
    const isColours = marker.kind === COLOURS && length === 14 && latin(body.subarray(0, 5)) === 'Adobe'
    if (OF_PICTURE.has(marker.kind) || isColours) parts.push(new Uint8Array([0xff, marker.kind]), bytes.subarray(at, next))
    at = next
  }
}

/** Any number of 0xFF may stand before a marker. */
function markerAt(bytes: Uint8Array, from: number): { readonly kind: number; readonly after: number } | undefined {
  if (bytes[from] !== 0xff) return undefined
  let at = from + 1
  while (bytes[at] === 0xff) at++
  const kind = bytes[at]
  return kind === undefined || kind === 0 ? undefined : { kind, after: at + 1 }
}

/** Behind the packed points of the picture: there 0xFF is followed by 0x00, or by a mark of where to begin again. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

const isFrame = (kind: number) => kind === 0xc0 || kind === 0xc1 || kind === 0xc2

function sizeIn(frame: Uint8Array): { readonly width: number; readonly height: number } {
  return { height: ((frame[1] ?? 0) << 8) | (frame[2] ?? 0), width: ((frame[3] ?? 0) << 8) | (frame[4] ?? 0) }
}
