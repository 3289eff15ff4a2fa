// Photos as telephones make them, with what they say of their taker, made here; nothing of it may be in what leaves the device.
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { concat, equalBytes, latin, utf8 } from '#shared/kernel/bytes.ts'
import { type CleanableKind, cleanPicture } from './clean-picture.ts'
import { orientationIn } from './orientation.ts'

const SECRETS = ['QazPhone 12 Ultra', 'SN-4711-0815', 'Petropavlovsk, Satpaev 5', '2026:11:28 09:15:00', 'xpacket', 'MotionPhoto']

async function picture(format: CleanableKind, orientation = 1): Promise<Uint8Array> {
  const points = Buffer.from(Array.from({ length: 48 * 32 * 3 }, (_, at) => (at * 37) % 251))
  const made = sharp(points, { raw: { width: 48, height: 32, channels: 3 } })
    .withExif({
      IFD0: { Make: 'QazPhone 12 Ultra', Model: 'SN-4711-0815', DateTime: '2026:11:28 09:15:00' },
      IFD2: { UserComment: 'Petropavlovsk, Satpaev 5' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 52/1 2263/100', GPSLongitudeRef: 'E', GPSLongitude: '69/1 8/1 2263/100' },
    })
    .withMetadata({ orientation })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><?xpacket begin=""?>Petropavlovsk, Satpaev 5</x:xmpmeta>')
  return new Uint8Array(await made[format]({ quality: 90 }).toBuffer())
}

function segment(kind: number, body: Uint8Array): Uint8Array {
  return concat(new Uint8Array([0xff, kind, (body.length + 2) >> 8, (body.length + 2) & 255]), body)
}

/** Comments, Photoshop's notes, a colour profile, further pictures with notes of their own; behind the end a film. */
async function chattyJpeg(): Promise<Uint8Array> {
  const jpeg = await picture('jpeg')
  return concat(
    jpeg.subarray(0, 2),
    segment(0xfe, utf8('SN-4711-0815')),
    segment(0xed, utf8('Photoshop 3.0\0Petropavlovsk, Satpaev 5')),
    segment(0xe2, utf8('MPF\0QazPhone 12 Ultra')),
    segment(0xe2, utf8('ICC_PROFILE\0\x01\x01QazPhone 12 Ultra')),
    jpeg.subarray(2),
    utf8('MotionPhoto'),
    await picture('jpeg'),
  )
}

function expectSilent(bytes: Uint8Array) {
  const text = latin(bytes)
  for (const secret of SECRETS) expect(text).not.toContain(secret)
}

const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer()

const FORMATS: readonly CleanableKind[] = ['jpeg', 'png', 'webp']

describe('a photo before it leaves the device', () => {
  it.each(FORMATS)('[FIL-60] %s: place, camera, time and every other note are gone, each point of the picture stands', async (format) => {
    const photo = await picture(format)
    expect(latin(photo)).toContain('QazPhone 12 Ultra')
    expect((await sharp(photo).metadata()).exif).toBeDefined()
    const cleaned = cleanPicture(format, photo)
    if (!cleaned) throw new Error('not cleaned')
    expectSilent(cleaned.bytes)
    const { exif, xmp, icc, iptc, width, height } = await sharp(cleaned.bytes).metadata()
    expect({ exif, xmp, icc, iptc, width, height }).toEqual({ width: 48, height: 32 })
    expect(cleaned).toMatchObject({ width: 48, height: 32 })
    expect(equalBytes(await pixels(cleaned.bytes), await pixels(photo))).toBe(true)
  })

  it('[FIL-60] a JPEG loses comments, further pictures in it and whatever lies behind its end', async () => {
    const photo = await chattyJpeg()
    const cleaned = cleanPicture('jpeg', photo)
    if (!cleaned) throw new Error('not cleaned')
    expectSilent(cleaned.bytes)
    expect(equalBytes(await pixels(cleaned.bytes), await pixels(photo))).toBe(true)
  })

  it('[FIL-60] a PNG loses what another tool has cut away and left behind its end', async () => {
    const photo = concat(await picture('png'), utf8('MotionPhoto'))
    const cleaned = cleanPicture('png', photo)
    expectSilent(cleaned?.bytes ?? photo)
  })

  it.each(FORMATS)('[FIL-60] %s: what is turned by its notes is drawn anew as it stands, not cleaned byte by byte', async (format) => {
    for (const orientation of [3, 6, 8]) expect(cleanPicture(format, await picture(format, orientation))).toBeUndefined()
  })

  it('[FIL-60] a progressive JPEG of many scans stays what it is', async () => {
    const photo = new Uint8Array(
      await sharp(await picture('jpeg'))
        .keepMetadata()
        .jpeg({ progressive: true })
        .toBuffer(),
    )
    const cleaned = cleanPicture('jpeg', photo)
    if (!cleaned) throw new Error('not cleaned')
    expectSilent(cleaned.bytes)
    expect(equalBytes(await pixels(cleaned.bytes), await pixels(photo))).toBe(true)
  })

  it.each(FORMATS)('[FIL-61] %s: cut off anywhere it is not said to be clean', async (format) => {
    const photo = await picture(format)
    for (let end = 0; end < photo.length; end++) expect(cleanPicture(format, photo.subarray(0, end))).toBeUndefined()
  })

  it.each(FORMATS)('[FIL-61] %s: of damaged bytes nothing breaks, and no note passes', async (format) => {
    const photo = format === 'jpeg' ? await chattyJpeg() : await picture(format)
    fc.assert(
      fc.property(fc.nat(photo.length - 1), fc.nat(255), fc.nat(12), (at, byte, more) => {
        const damaged = photo.slice()
        damaged.fill(byte, at, at + more)
        const cleaned = cleanPicture(format, damaged)
        if (cleaned) expectNoNotes(cleaned.bytes, format)
      }),
      { numRuns: 400, seed: 17 },
    )
  })

  it('[FIL-61] any bytes at all are either a picture or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const format of FORMATS) expect(cleanPicture(format, bytes)).toBeUndefined()
        expect(orientationIn(bytes)).toBeGreaterThanOrEqual(1)
      }),
      { numRuns: 300, seed: 5 },
    )
  })
})

/** A damaged length may let notes stand inside the points of a picture; never in a place of their own. */
function expectNoNotes(bytes: Uint8Array, format: CleanableKind) {
  const text = latin(bytes)
  if (format === 'jpeg') expect(text.slice(0, 64)).not.toContain('QazPhone')
  else expect(text).not.toMatch(/EXIF|XMP |eXIf|tEXt|iTXt|zTXt/)
}
