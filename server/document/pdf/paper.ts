// A4 sheets for PDF/A-2b whose bytes depend on nothing but what is written: fixed dates, fixed producer, embedded fonts.
import PDFDocument from 'pdfkit'
import type { Locale } from '#shared/kernel/locale.ts'
import { serifFonts } from './fonts.ts'

export const PAGE = { width: 595.28, height: 841.89, left: 68, right: 56, top: 60, bottom: 92 } as const
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right
const GREY = '#4a4a4a'

export type Doc = InstanceType<typeof PDFDocument>

interface Footer {
  readonly left: string
  readonly right: string
  readonly small: string
}

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

function writeFooter(doc: Doc, { left, right, small }: Footer): void {
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
  doc.text(left, PAGE.left, top, { width: TEXT_WIDTH - 70, height: 11, ellipsis: true })
  doc.font('regular').text(right, PAGE.left, top, { width: TEXT_WIDTH, align: 'right' })
  doc.fontSize(6.5).text(small, PAGE.left, top + 15, { width: TEXT_WIDTH })
  doc.fillColor('black')
  doc.page.margins.bottom = bottom
}

function collect(doc: Doc): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
}
