// A picture of which the picture alone is left, without drawing it anew (shared/files/picture-parts.ts). What its notes turn, what moves and
// what is not whole cannot be cleaned so: taking the notes away would change what is seen, or leave what is not known.
import { barePicture, type PicturePart, picturePartsOf } from '#shared/files/picture-parts.ts'
import { latin } from '#shared/kernel/bytes.ts'
import { orientationIn } from './orientation.ts'
import type { PictureSize } from './picture-size.ts'

export type CleanableKind = 'jpeg' | 'png' | 'webp'

export interface CleanPicture extends PictureSize {
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Undefined where only drawing it anew can clean it. */
export function cleanPicture(kind: CleanableKind, bytes: Uint8Array): CleanPicture | undefined {
  const parts = picturePartsOf(kind, bytes)
  const bare = parts && barePicture(kind, bytes)
  if (!bare || parts.some((part) => part.name === MOVING || isTurned(kind, bytes, part))) return undefined
  const size = parts.map((part) => sizeIn(part, bytes)).find((each) => each !== undefined)
  return size && size.width > 0 && size.height > 0 ? { bytes: new Uint8Array(bare), ...size } : undefined
}

const MOVING = 'ANIM'
/** The part that holds a picture's notes, and where in it they begin. */
const NOTES: Readonly<Record<CleanableKind, readonly [name: string, from: number]>> = {
  jpeg: ['e1', 4],
  png: ['eXIf', 8],
  webp: ['EXIF', 8],
}
/** Before the notes of a JPEG, and of what some tools make of one. */
const HEAD = 'Exif\0\0'

function isTurned(kind: CleanableKind, bytes: Uint8Array, { name, from, to }: PicturePart): boolean {
  const [notes, begin] = NOTES[kind]
  if (name !== notes) return false
  const body = bytes.subarray(from + begin, to)
  return orientationIn(latin(body.subarray(0, HEAD.length)) === HEAD ? body.subarray(HEAD.length) : body) !== 1
}

function sizeIn({ name, from, to }: PicturePart, bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, to - from)
  switch (name) {
    case 'c0':
    case 'c1':
    case 'c2':
      return to - from < 9 ? undefined : { height: view.getUint16(5), width: view.getUint16(7) }
    case 'IHDR':
      return to - from < 16 ? undefined : { width: view.getUint32(8), height: view.getUint32(12) }
    case 'VP8X':
      return to - from < 18 ? undefined : { width: 1 + (view.getUint32(11, true) >>> 8), height: 1 + (view.getUint32(14, true) >>> 8) }
    case 'VP8 ':
      return to - from < 18 ? undefined : { width: view.getUint16(14, true) & 0x3fff, height: view.getUint16(16, true) & 0x3fff }
    case 'VP8L': {
      const bits = to - from < 13 ? 0 : view.getUint32(9, true)
      return bits === 0 ? undefined : { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    default:
      return undefined
  }
}
