// A PNG of which the picture alone is left: the chunks that draw it, and nothing behind its end, where some tools leave what was cut away.
import { concat, latin } from '#shared/kernel/bytes.ts'
import type { CleanPicture } from './clean-jpeg.ts'
import { orientationIn } from './orientation.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Without the chunks of a moving picture: its first one stands for it. */
const OF_PICTURE = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD'])

export const isPng = (bytes: Uint8Array) => SIGNATURE.every((byte, at) => bytes[at] === byte)

/** Undefined where it is not a whole PNG, or is turned by its notes: then only drawing it anew can clean it. */
export function cleanPng(bytes: Uint8Array): CleanPicture | undefined {
  if (!isPng(bytes)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = [bytes.subarray(0, 8)]
  let size: { readonly width: number; readonly height: number } | undefined
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    const kind = latin(bytes.subarray(at + 4, at + 8))
    if (kind === 'IHDR' && end - at === 25) size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (kind === 'eXIf' && orientationIn(bytes.subarray(at + 8, end - 4)) !== 1) return undefined
    if (OF_PICTURE.has(kind)) parts.push(bytes.subarray(at, end))
    if (kind === 'IEND') return size && { bytes: concat(...parts), ...size }
    at = end
  }
  return undefined
}
