// A WebP of which the picture alone is left: no notes, no colour profile, nothing that its head does not speak of.
import { concat, latin } from '#shared/kernel/bytes.ts'
import type { CleanPicture } from './clean-jpeg.ts'
import { orientationIn } from './orientation.ts'

const OF_PICTURE = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH'])
/** In the head of a picture with more than points: that it is see-through. All else that it could announce is taken away. */
const SEE_THROUGH = 0x10
const MOVING = 'ANIM'

export const isWebp = (bytes: Uint8Array) => latin(bytes.subarray(0, 4)) === 'RIFF' && latin(bytes.subarray(8, 12)) === 'WEBP'

/** Undefined where it is not a whole WebP, moves, or is turned by its notes: then only drawing it anew can clean it. */
export function cleanWebp(bytes: Uint8Array): CleanPicture | undefined {
  if (!isWebp(bytes)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = view.getUint32(4, true) + 8
  if (whole > bytes.length) return undefined
  const parts: Uint8Array[] = []
  let size: { readonly width: number; readonly height: number } | undefined
  for (let at = 12; at + 8 <= whole; ) {
    const kind = latin(bytes.subarray(at, at + 4))
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    if (at + 8 + length > whole || kind === MOVING) return undefined
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (kind === 'EXIF' && orientationIn(withoutHead(body)) !== 1) return undefined
    if (OF_PICTURE.has(kind)) parts.push(kind === 'VP8X' ? plainHead(bytes.subarray(at, end)) : bytes.subarray(at, end))
    size ??= sizeIn(kind, body)
    at = end
  }
  if (!size) return undefined
  const body = concat(...parts)
  const head = bytes.slice(0, 12)
  new DataView(head.buffer).setUint32(4, body.length + 4, true)
  return { bytes: concat(head, body), ...size }
}

/** Some tools write the head of a JPEG's notes before them. */
const withoutHead = (notes: Uint8Array) => (latin(notes.subarray(0, 4)) === 'Exif' ? notes.subarray(6) : notes)

function plainHead(chunk: Uint8Array): Uint8Array {
  const plain = chunk.slice()
  plain[8] = (plain[8] ?? 0) & SEE_THROUGH
  return plain
}

function sizeIn(kind: string, body: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (body.length < 10) return undefined
  const byte = (at: number) => body[at] ?? 0
  if (kind === 'VP8X') {
    return { width: 1 + (byte(4) | (byte(5) << 8) | (byte(6) << 16)), height: 1 + (byte(7) | (byte(8) << 8) | (byte(9) << 16)) }
  }
  if (kind === 'VP8 ') return { width: (byte(6) | (byte(7) << 8)) & 0x3fff, height: (byte(8) | (byte(9) << 8)) & 0x3fff }
  if (kind === 'VP8L') {
    const bits = byte(1) | (byte(2) << 8) | (byte(3) << 16) | (byte(4) << 24)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  return undefined
}
