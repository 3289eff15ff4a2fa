// A4 sheets for PDF/A-2b whose bytes depend on nothing but what is written: fixed dates, fixed producer, embedded fonts.
import PDFDocument from 'pdfkit'
import type { Locale } from '#shared/kernel/locale.ts'
import { serifFonts } from './fonts.ts'
import type { QrMatrix } from './qr-matrix.ts'

export const PAGE = { width: 595.28, height: 841.89, left: 68, right: 56, top: 60, bottom: 92 } as const
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right
const GREY = '#4a4a4a'

export type Doc = InstanceType<typeof PDFDocument>

interface Footer {
  readonly left: string
  readonly right: string
  /** A line of its own under the first. */
  readonly second?: string
  readonly small: string
  /** At the right, beside all lines. */
  readonly qr?: QrMatrix
}

/** About nineteen millimetres: a camera reads it from a copy of a copy. */
export const QR_SIZE = 54

/** `write` fills the pages, `footer` is asked for each of them afterwards. */
export function printPaper({
  title,
  language,
  date,
  write,
  footer,
}: {
  title: string
  language: Locale
  date: number
  write: (doc: Doc) => void
  footer: (page: number, pages: number) => Footer
}): Promise<Buffer> {
  const fonts = serifFonts()
  const when = new Date(date)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.left, right: PAGE.right },
    bufferPages: true,
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-2b',
    lang: `${language}-KZ`,
    displayTitle: true,
    font: fonts.regular as unknown as string, // pdfkit takes bytes here too; its types say path
    info: { Title: title, Author: 'Bitim', Producer: 'Bitim', Creator: 'Bitim', CreationDate: when, ModDate: when },
  })
  const done = collect(doc)
  doc.registerFont('regular', fonts.regular)
  doc.registerFont('bold', fonts.bold)
  doc.addPage()
  write(doc)
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    writeFooter(doc, footer(page + 1, count))
  }
  doc.end()
  return done
}

/** Starts a new page when less than `height` is left on this one. */
export function makeRoom(doc: Doc, height: number): void {
  if (doc.y + height > PAGE.height - PAGE.bottom) doc.addPage()
}

function writeFooter(doc: Doc, { left, right, second, small, qr }: Footer): void {
  const bottom = doc.page.margins.bottom
  doc.page.margins.bottom = 0 // otherwise pdfkit takes the footer for text that needs another page
  const top = PAGE.height - PAGE.bottom + 22
  doc
    .moveTo(PAGE.left, top - 6)
    .lineTo(PAGE.width - PAGE.right, top - 6)
    .lineWidth(0.5)
    .strokeColor(GREY)
    .stroke()
  doc.fillColor(GREY).font('bold').fontSize(8.5)
  const width = qr ? TEXT_WIDTH - QR_SIZE - 10 : TEXT_WIDTH
  doc.text(left, PAGE.left, top, { width: width - 70, height: 11, ellipsis: true })
  doc.font('regular').text(right, PAGE.left, top, { width, align: 'right' })
  if (second) doc.fontSize(6.8).text(second, PAGE.left, top + 14, { width })
  doc.fontSize(6.5).text(small, PAGE.left, top + (second ? 26 : 15), { width })
  doc.fillColor('black')
  if (qr) drawQr(doc, qr, { x: PAGE.width - PAGE.right - QR_SIZE, y: top })
  doc.page.margins.bottom = bottom
}

/** Rows of dark squares as bars, in one path: seams between squares would disturb a camera. */
function drawQr(doc: Doc, { size, isDark }: QrMatrix, { x, y }: { x: number; y: number }): void {
  const square = QR_SIZE / size
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; from++) {
      let to = from
      while (to < size && isDark(to, row)) to++
      if (to > from) doc.rect(x + from * square, y + row * square, (to - from) * square, square)
      from = to
    }
  }
  doc.fill('black')
}

function collect(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
}
