import { describe, expect, it } from 'vitest'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type { FileTypeName } from './files-protocol.ts'
import { barePicture, isBarePicture } from './picture-parts.ts'

const big = (number: number, bytes: number) => Uint8Array.from({ length: bytes }, (_, at) => (number >>> (8 * (bytes - 1 - at))) & 0xff)
const little = (number: number) => big(number, 4).reverse()
const mark = (code: number, body: Uint8Array) => concat(Uint8Array.of(0xff, code), big(body.length + 2, 2), body)
const jpegOf = (...parts: readonly Uint8Array[]) =>
  concat(
    Uint8Array.of(0xff, 0xd8),
    ...parts,
    mark(0xda, utf8('scan')),
    Uint8Array.of(1, 0xff, 0, 2, 0xff, 0xd3, 3),
    Uint8Array.of(0xff, 0xd9),
  )
const chunk = (name: string, body: Uint8Array) => concat(big(body.length, 4), utf8(name), body, big(0, 4))
const pngOf = (...parts: readonly Uint8Array[]) =>
  concat(Uint8Array.of(0x89), utf8('PNG\r\n\x1a\n'), chunk('IHDR', new Uint8Array(13)), ...parts, chunk('IEND', new Uint8Array(0)))
const riff = (name: string, body: Uint8Array) => concat(utf8(name), little(body.length), body, new Uint8Array(body.length % 2))
const webpOf = (...parts: readonly Uint8Array[]) => {
  const body = concat(utf8('WEBP'), ...parts)
  return concat(utf8('RIFF'), little(body.length), body)
}
const table = mark(0xdb, utf8('table'))
const jfif = mark(0xe0, concat(utf8('JFIF\0'), new Uint8Array(9)))
const data = chunk('IDAT', utf8('drawn'))
const flags = (value: number) => riff('VP8X', Uint8Array.of(value, 0, 0, 0, 1, 0, 0, 1, 0, 0))
const drawn = riff('VP8 ', utf8('odd'))
const canary = utf8('canary 43.23 N')

const DESCRIBED: readonly (readonly [string, FileTypeName, Uint8Array, Uint8Array])[] = [
  ['Exif', 'jpeg', jpegOf(jfif, mark(0xe1, canary), table), jpegOf(jfif, table)],
  ['a comment', 'jpeg', jpegOf(mark(0xfe, canary), table), jpegOf(table)],
  ['pictures of several views', 'jpeg', jpegOf(mark(0xe2, concat(utf8('MPF\0'), canary)), table), jpegOf(table)],
  ['a small picture in its head', 'jpeg', jpegOf(mark(0xe0, concat(utf8('JFXX\0'), canary)), table), jpegOf(table)],
  [
    'a small picture in its first part',
    'jpeg',
    jpegOf(mark(0xe0, concat(utf8('JFIF\0'), new Uint8Array(9), canary)), table),
    jpegOf(table),
  ],
  ['a colour profile', 'jpeg', jpegOf(mark(0xe2, concat(utf8('ICC_PROFILE\0'), canary)), table), jpegOf(table)],
  ['a film behind its end', 'jpeg', concat(jpegOf(table), canary), jpegOf(table)],
  ['Exif', 'png', pngOf(chunk('eXIf', canary), data), pngOf(data)],
  ['a colour profile', 'png', pngOf(chunk('iCCP', canary), data), pngOf(data)],
  ['words', 'png', pngOf(chunk('iTXt', canary), data), pngOf(data)],
  ['a time', 'png', pngOf(data, chunk('tIME', canary)), pngOf(data)],
  ['something behind its end', 'png', concat(pngOf(data), canary), pngOf(data)],
  ['Exif', 'webp', webpOf(flags(0x08), drawn, riff('EXIF', canary)), webpOf(flags(0), drawn)],
  ['a colour profile', 'webp', webpOf(flags(0x20), riff('ICCP', canary), drawn), webpOf(flags(0), drawn)],
  ['XMP', 'webp', webpOf(flags(0x14), drawn, riff('XMP ', canary)), webpOf(flags(0x10), drawn)],
]

describe('a bare picture', () => {
  it.each(DESCRIBED)('[FIL-13] %s in a %s is found, and taken out without touching the picture', (_what, type, described, bare) => {
    expect(isBarePicture(type, described)).toBe(false)
    expect(barePicture(type, described)).toEqual(bare)
    expect(isBarePicture(type, bare)).toBe(true)
    expect(barePicture(type, bare)).toEqual(bare)
  })

  it('[FIL-13] what ends in the middle, what is another file and what has no such form is none', () => {
    for (const [, type, described] of DESCRIBED) {
      for (const cut of [0, 1, 5, 13, 20]) expect(isBarePicture(type, described.subarray(0, cut))).toBe(false)
      expect(isBarePicture('heic', described)).toBe(false)
    }
    expect(barePicture('png', jpegOf(table))).toBeUndefined()
  })
})
