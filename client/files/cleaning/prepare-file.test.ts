import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { DrawPicture } from './draw-picture.ts'
import { type PictureSize, smallSize } from './picture-size.ts'
import { type Keeping, prepareFile } from './prepare-file.ts'
import { sentName } from './sent-name.ts'

/** What a browser does, done by another maker of pictures. */
const draw: DrawPicture = async (picture) => {
  const bytes = new Uint8Array(await picture.arrayBuffer())
  const { width, height } = await sharp(bytes)
    .metadata()
    .catch(() => ({ width: 0, height: 0 }))
  if (width === 0) return undefined
  return {
    width,
    height,
    async jpeg(size: PictureSize, quality) {
      const made = sharp(bytes)
        .resize(size.width, size.height, { fit: 'fill' })
        .withExif({ IFD0: { Software: 'browser 1.2' } })
      return new Blob([new Uint8Array(await made.jpeg({ quality: quality * 100 }).toBuffer())], { type: 'image/jpeg' })
    },
    close: () => undefined,
  }
}
const cannotDraw: DrawPicture = async () => undefined

async function photo(width: number, height: number, type: 'jpeg' | 'gif' | 'png' = 'jpeg'): Promise<Blob> {
  const made = sharp({
    create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 }, noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
  const bytes = await made
    .withExif({ IFD0: { Make: 'QazPhone' }, IFD3: { GPSLatitudeRef: 'N' } })
    [type]()
    .toBuffer()
  return new Blob([new Uint8Array(bytes)], { type: `image/${type}` })
}

async function contentOf(file: Blob, keeping: Keeping, drawn = draw) {
  const prepared = await prepareFile(file, keeping, drawn)
  if (prepared.kind !== 'ready') throw new Error(prepared.kind)
  const { width, height, exif } = await sharp(new Uint8Array(await prepared.content.arrayBuffer())).metadata()
  return { ...prepared, width, height, exif }
}

describe('what a file becomes before it leaves the device', () => {
  it('[FIL-62] a large photo goes out small and without notes, unless its person wishes it as large as it is', async () => {
    const large = await photo(4000, 3000)
    expect(await contentOf(large, 'small')).toMatchObject({ width: 2560, height: 1920, exif: undefined, isOriginal: false })
    expect(await contentOf(large, 'full')).toMatchObject({ width: 4000, height: 3000, exif: undefined, isOriginal: false })
  })

  it('[FIL-62] a photo that is small already is cleaned and not drawn anew', async () => {
    const small = await photo(800, 600)
    const sent = await contentOf(small, 'small', cannotDraw)
    expect(sent).toMatchObject({ width: 800, height: 600, exif: undefined })
  })

  it('[FIL-63] kept as evidence a photo goes out byte for byte', async () => {
    const file = await photo(4000, 300)
    const sent = await prepareFile(file, 'original', cannotDraw)
    expect(sent).toEqual({ kind: 'ready', content: file, isPicture: true, isOriginal: true })
  })

  it('[FIL-61] what this browser cannot open is not sent as if it had been cleaned', async () => {
    const heic = new Blob([utf8('\0\0\0\x18ftypheic\0\0\0\0mif1heic rest')], { type: 'image/heic' })
    expect(await prepareFile(heic, 'small', cannotDraw)).toEqual({ kind: 'unreadable' })
    const torn = (await photo(300, 200)).slice(0, 900, 'image/jpeg')
    expect(await prepareFile(torn, 'small', cannotDraw)).toEqual({ kind: 'unreadable' })
    expect(await prepareFile(heic, 'original', cannotDraw)).toMatchObject({ kind: 'ready', isOriginal: true })
  })

  it('[FIL-61] a picture by its name alone, of a kind that neither this browser nor its first bytes tell, is not sent as a document', async () => {
    for (const [name, type] of [
      ['IMG_4471.HEIC', ''],
      ['IMG_4471.heif', 'application/octet-stream'],
    ] as const) {
      const file = new File([utf8('\0\0\0\x18ftyphevm\0\0\0\0rest')], name, { type })
      expect(await prepareFile(file, 'small', cannotDraw)).toEqual({ kind: 'unreadable' })
      expect(await prepareFile(file, 'original', cannotDraw)).toMatchObject({ kind: 'ready', isPicture: true, isOriginal: true })
    }
  })

  it('[FIL-62] what the browser can open becomes a JPEG, whatever it was', async () => {
    const gif = await photo(300, 200, 'gif')
    const { content } = await contentOf(gif, 'full')
    expect(content.type).toBe('image/jpeg')
  })

  it('[FIL-61] a picture whose head names more points than can be laid out is not opened', async () => {
    const bytes = new Uint8Array(await (await photo(64, 64, 'png')).arrayBuffer())
    new DataView(bytes.buffer).setUint32(16, 30_000)
    new DataView(bytes.buffer).setUint32(20, 30_000)
    expect(await prepareFile(new Blob([bytes], { type: 'image/png' }), 'small', draw)).toEqual({ kind: 'too-large' })
  })

  it('[FIL-64] a document goes out as it is', async () => {
    const file = new Blob([utf8('%PDF-1.7 …')], { type: 'application/pdf' })
    expect(await prepareFile(file, 'small', cannotDraw)).toEqual({ kind: 'ready', content: file, isPicture: false, isOriginal: true })
  })

  it.each<[PictureSize, PictureSize]>([
    [
      { width: 4000, height: 3000 },
      { width: 2560, height: 1920 },
    ],
    [
      { width: 1200, height: 1600 },
      { width: 1200, height: 1600 },
    ],
    // a long strip of a chat stays readable
    [
      { width: 1080, height: 12_000 },
      { width: 1080, height: 12_000 },
    ],
    [
      { width: 2160, height: 12_000 },
      { width: 1080, height: 6_000 },
    ],
  ])('[FIL-62] %o goes out as %o', (size, small) => expect(smallSize(size)).toEqual(small))

  it.each([
    ['IMG_20261128_091500.jpg', 'Photo 1.jpg'],
    ['PXL_20261128_091500123.MP.jpg', 'Photo 1.jpg'],
    ['20261128_091500.heic', 'Photo 1.jpg'],
    ['WhatsApp Image 2026-11-28 at 09.15.00.jpeg', 'Photo 1.jpg'],
    ['IMG-20261128-WA0007.jpg', 'Photo 1.jpg'],
    ['Screenshot_20261128-091500.png', 'Photo 1.jpg'],
    ['image.jpg', 'Photo 1.jpg'],
    ['Счёт-фактура 14.jpg', 'Счёт-фактура 14.jpg'],
    ['invoice 20261128.png', 'invoice 20261128.jpg'],
    ['Жүкқұжат.HEIC', 'Жүкқұжат.jpg'],
  ])('[FIL-65] a cleaned %s goes out as %s', (name, sent) => {
    expect(sentName({ name, cleanedType: 'image/jpeg', plain: 'Photo 1' })).toBe(sent)
  })

  it('[FIL-65] what is kept as it is keeps its name', () => {
    expect(sentName({ name: 'IMG_20261128_091500.jpg', cleanedType: undefined, plain: 'Photo 1' })).toBe('IMG_20261128_091500.jpg')
  })
})
