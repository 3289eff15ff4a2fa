// Files as people bring them, made here: photos that say where and by what they were taken, papers of several pages.
import { randomBytes } from 'node:crypto'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'

/** As a browser's file chooser takes it. */
export interface SampleFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** What a photo says beside its picture; none of it may reach anybody where it was cleaned. */
export const PHOTO_SECRETS = ['QazPhone 12 Ultra', 'SN-4711-0815', 'Satpaev 5']

/** A photo of an invoice, as a telephone makes it. */
export async function invoicePhoto(name = 'IMG_20261128_091500.jpg'): Promise<SampleFile> {
  const lines = Array.from(
    { length: 18 },
    (_, at) => `<text x="300" y="${900 + at * 110}" font-size="72">Корм, мешок 25 кг — ${at + 1} 840 ₸</text>`,
  )
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="3200"><rect width="100%" height="100%" fill="#fffdf7"/>
    <text x="300" y="600" font-size="140">СЧЁТ-ФАКТУРА № 14</text>${lines.join('')}</svg>`
  const photo = sharp(Buffer.from(drawn)).withExif({
    IFD0: { Make: 'QazPhone 12 Ultra', Model: 'SN-4711-0815' },
    IFD2: { UserComment: 'Satpaev 5' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 52/1 2263/100' },
  })
  return { name, mimeType: 'image/jpeg', buffer: await photo.jpeg({ quality: 92 }).toBuffer() }
}

/** So many megabytes that nothing makes smaller. */
export async function heavyPhoto(megabytes: number, name = 'Склад после дождя.jpg'): Promise<SampleFile> {
  const side = Math.ceil(Math.sqrt((megabytes * 1_000_000) / 2.2))
  const points = randomBytes(side * side * 3)
  return {
    name,
    mimeType: 'image/jpeg',
    buffer: await sharp(points, { raw: { width: side, height: side, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer(),
  }
}

export async function paper(pages: number, name = 'Contract 14.pdf'): Promise<SampleFile> {
  const document = new PDFDocument({ size: 'A4' })
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise((resolve) => document.once('end', resolve))
  for (let page = 1; page <= pages; page++) {
    if (page > 1) document.addPage()
    document.fontSize(40).text(`Contract of supply, page ${page}`)
  }
  document.end()
  await ended
  return { name, mimeType: 'application/pdf', buffer: Buffer.concat(parts) }
}
