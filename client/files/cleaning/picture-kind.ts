// What a picture is by its first bytes, whatever its name says: a name is easily wrong, and cleaning the wrong way would clean nothing.
import { latin } from '#shared/kernel/bytes.ts'

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'heic' | 'another'

const PHONES = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)$/

/** Undefined for what is no picture. `claimed`: the type that the browser took from the name. */
export function pictureKind(head: Uint8Array, claimed: string): PictureKind | undefined {
  if (head[0] === 0xff && head[1] === 0xd8) return 'jpeg'
  if (latin(head.subarray(0, 8)) === '\x89PNG\r\n\x1a\n') return 'png'
  if (latin(head.subarray(0, 4)) === 'RIFF' && latin(head.subarray(8, 12)) === 'WEBP') return 'webp'
  if (latin(head.subarray(0, 4)) === 'GIF8') return 'gif'
  if (latin(head.subarray(4, 8)) === 'ftyp' && PHONES.test(latin(head.subarray(8, 12)))) return 'heic'
  return claimed.startsWith('image/') ? 'another' : undefined
}
