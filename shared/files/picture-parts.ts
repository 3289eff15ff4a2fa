// What a picture file consists of, and which of its parts draw it. Places, cameras, times, comments and pictures beside the picture stand in
// parts that none of these formats needs: so what may stay is listed, and everything else goes, colour profiles too, which name makers. A
// device makes a picture bare by this (also after it has drawn it anew: some browsers write descriptions of their own into it), and the
// server finds by the same whether it is.
import { concat } from '#shared/kernel/bytes.ts'
import type { FileTypeName } from './files-protocol.ts'

export interface PicturePart {
  /** A JPEG's mark in hex, the name of another's chunk; empty for what frames the parts. */
  readonly name: string
  readonly from: number
  readonly to: number
  readonly isNeeded: boolean
}

/** Of parts; more would be no picture. */
const MAX_PARTS = 20_000

/** Whether nothing stands in it but what draws it. */
export function isBarePicture(type: FileTypeName, bytes: Uint8Array): boolean {
  return picturePartsOf(type, bytes)?.every(({ isNeeded }) => isNeeded) ?? false
}

/** The same picture without what does not draw it; undefined for what cannot be read as such a picture. */
export function barePicture(type: FileTypeName, bytes: Uint8Array): Uint8Array | undefined {
  const needed = picturePartsOf(type, bytes)?.flatMap(({ from, to, isNeeded }) => (isNeeded ? [bytes.subarray(from, to)] : []))
  return needed && (type === 'webp' ? wholeWebp(concat(...needed)) : concat(...needed))
}

/** Every byte in one of them; undefined where they do not fit together. */
export function picturePartsOf(type: FileTypeName, bytes: Uint8Array): readonly PicturePart[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (type === 'jpeg') return jpegParts(bytes, view)
    if (type === 'png') return pngParts(bytes, view)
    return type === 'webp' ? webpParts(bytes, view) : undefined
  } catch (cause) {
    if (cause instanceof RangeError) return undefined // it ends in the middle of a part
    throw cause
  }
}

function rest(bytes: Uint8Array, from: number): readonly PicturePart[] {
  return from < bytes.length ? [{ name: '', from, to: bytes.length, isNeeded: false }] : []
}

function textAt(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length))
}

/** Tables and frames; JFIF, and what Adobe says of colours, by how they begin and how long they are: JFIF may hold a small picture. */
const JPEG_PARTS: ReadonlySet<number> = new Set([0xdb, 0xc4, 0xdd, 0xc0, 0xc1, 0xc2, 0xda])
const JPEG_SAID: ReadonlyMap<number, { readonly begins: string; readonly length: number }> = new Map([
  [0xe0, { begins: 'JFIF\0', length: 16 }],
  [0xee, { begins: 'Adobe', length: 14 }],
])
const [SCAN, END] = [0xda, 0xd9]

function jpegParts(bytes: Uint8Array, view: DataView): readonly PicturePart[] | undefined {
  const parts: PicturePart[] = [{ name: '', from: 0, to: 2, isNeeded: true }]
  if (view.getUint16(0) !== 0xffd8) return undefined
  for (let at = 2; parts.length < MAX_PARTS; ) {
    if (view.getUint8(at) !== 0xff) return undefined
    const mark = view.getUint8(at + 1)
    // any number of these may stand before a mark
    if (mark === 0xff) {
      at++
      continue
    }
    if (mark === END) return [...parts, { name: '', from: at, to: at + 2, isNeeded: true }, ...rest(bytes, at + 2)]
    const length = view.getUint16(at + 2)
    const head = at + 2 + length
    const said = JPEG_SAID.get(mark)
    const isSaid = said !== undefined && length === said.length && textAt(bytes, at + 4, said.begins.length) === said.begins
    const isNeeded = JPEG_PARTS.has(mark) || isSaid
    const to = mark === SCAN ? endOfScan(bytes, head) : head
    if (head > bytes.length) return undefined
    parts.push({ name: mark.toString(16), from: at, to, isNeeded })
    at = to
  }
  return undefined
}

/** Where the next mark stands that is not part of the drawn data. */
function endOfScan(bytes: Uint8Array, from: number): number {
  // byte by byte: what is nothing but such pairs must not take longer than a picture
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

const PNG_PARTS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD'])

function pngParts(bytes: Uint8Array, view: DataView): readonly PicturePart[] | undefined {
  const parts: PicturePart[] = [{ name: '', from: 0, to: 8, isNeeded: true }]
  if (textAt(bytes, 1, 3) !== 'PNG') return undefined
  for (let at = 8; parts.length < MAX_PARTS; ) {
    const to = at + 12 + view.getUint32(at)
    const name = textAt(bytes, at + 4, 4)
    if (to > bytes.length) return undefined
    parts.push({ name, from: at, to, isNeeded: PNG_PARTS.has(name) })
    if (name === 'IEND') return [...parts, ...rest(bytes, to)]
    at = to
  }
  return undefined
}

const WEBP_PARTS: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH'])
const WEBP_HEAD = 12

function webpParts(bytes: Uint8Array, view: DataView): readonly PicturePart[] | undefined {
  const parts: PicturePart[] = [{ name: '', from: 0, to: WEBP_HEAD, isNeeded: true }]
  const end = view.getUint32(4, true) + 8
  if (textAt(bytes, 0, 4) !== 'RIFF' || textAt(bytes, 8, 4) !== 'WEBP' || end > bytes.length) return undefined
  for (let at = WEBP_HEAD; parts.length < MAX_PARTS; ) {
    if (at === end) return [...parts, ...rest(bytes, end)]
    const length = view.getUint32(at + 4, true)
    const to = at + 8 + length + (length % 2)
    if (to > end) return undefined
    const name = textAt(bytes, at, 4)
    parts.push({ name, from: at, to, isNeeded: WEBP_PARTS.has(name) })
    at = to
  }
  return undefined
}

/** What the head of a WebP may announce: that it is see-through. */
const SEE_THROUGH = 0x10

/** Its length, and what its head says, as they are now. */
function wholeWebp(bytes: Uint8Array): Uint8Array {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(4, bytes.length - 8, true)
  if (textAt(bytes, WEBP_HEAD, 4) === 'VP8X') bytes[WEBP_HEAD + 8] = (bytes[WEBP_HEAD + 8] ?? 0) & SEE_THROUGH
  return bytes
}
