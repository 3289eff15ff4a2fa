// The agreement on paper, drawn from its canonical text alone. The electronic variant is the file that people sign: its bytes are promised.
// The paper variant has the same text and, after it, a page for signatures by hand; every sheet of it says by itself which text it is of.
import { createHash } from 'node:crypto'
import { parseBlocks, TEXT_HEADER } from '#shared/document/text/blocks.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { printableText } from '#shared/kernel/text/clean-text.ts'
import { drawBlocks } from './draw-blocks.ts'
import { type Doc, makeRoom, PAGE, printPaper, TEXT_WIDTH } from './paper.ts'
import { paperWords, type Words } from './words.ts'

export interface AgreementPaper {
  /** The canonical text, `agreement.txt`. */
  readonly text: string
  readonly textCode: string
  readonly language: Locale
  /** Milliseconds. */
  readonly frozenAt: number
  readonly caseNumber?: string | undefined
}

/** Whoever has a line for a signature by hand. */
export interface NamedOnPaper {
  readonly name: string
  readonly role: 'mediator' | 'party' | 'representative'
  readonly side?: string | undefined
}

/** The bytes whose digest is signed. Throws on a text that is not canonical. */
export function agreementPdf(paper: AgreementPaper): Promise<Buffer> {
  const words = paperWords(paper.language)
  return printText(paper, {
    footer: (page, pages) => ({
      left: named(words, paper),
      right: words('footer.page', { page, pages }),
      small: words('statement'),
    }),
  })
}

/**
 * For the paper route: the same text and a line for each signer. Whoever exchanges a sheet must find another text with the same SHA-256: the
 * code of twelve digits would not stop them. Sheets are counted through, those for signatures too.
 */
export async function agreementPdfForPaper(paper: AgreementPaper, signers: readonly NamedOnPaper[]): Promise<Buffer> {
  const { qrMatrix } = await import('./qr-matrix.ts')
  const words = paperWords(paper.language)
  const digest = createHash('sha256').update(paper.text, 'utf8').digest('hex')
  const qr = qrMatrix(`SHA-256:${digest.toUpperCase()}`)
  const second = `SHA-256  ${digest.match(/.{4}/g)?.join(' ')}`
  return printText(paper, {
    after: (doc) => writeSignatureLines(doc, { words, textCode: paper.textCode, signers }),
    footer: (page, pages) => ({
      left: named(words, paper),
      right: words('paper.sheet', { page, pages }),
      second,
      small: words('paper.statement'),
      qr,
    }),
  })
}

function named(words: Words, { textCode, caseNumber }: AgreementPaper): string {
  const parts = [
    words('footer.code', { code: textCode }),
    ...(caseNumber ? [words('footer.case', { number: printableText(caseNumber) })] : []),
  ]
  return parts.join('   ·   ')
}

async function printText(
  { text, language, frozenAt }: AgreementPaper,
  { after, footer }: { after?: (doc: Doc) => void; footer: Parameters<typeof printPaper>[0]['footer'] },
): Promise<Buffer> {
  const blocks = parseBlocks(text)
  if (!blocks) throw new TypeError('not a canonical text')
  return printPaper({
    title: paperWords(language)('title'),
    language,
    date: frozenAt,
    write: (doc) => {
      doc.font('regular').fontSize(7).fillColor('#4a4a4a').text(TEXT_HEADER, PAGE.left, PAGE.top).fillColor('black')
      doc.y += 6
      drawBlocks(doc, blocks)
      after?.(doc)
    },
    footer,
  })
}

function writeSignatureLines(
  doc: Doc,
  { words, textCode, signers }: { words: Words; textCode: string; signers: readonly NamedOnPaper[] },
): void {
  doc.addPage()
  doc.font('bold').fontSize(13).text(words('paper.title'), PAGE.left, doc.y, { width: TEXT_WIDTH })
  doc
    .font('regular')
    .fontSize(10)
    .text(words('paper.lead', { code: textCode }), { width: TEXT_WIDTH, lineGap: 2 })
  for (const { name, role, side } of signers) {
    const who = printableText(name)
    const as = [words(`role.${role}`), ...(side ? [printableText(side)] : [])].join(', ')
    const whoHeight = doc.font('bold').fontSize(11).heightOfString(who, { width: TEXT_WIDTH })
    const asHeight = doc.font('regular').fontSize(9).heightOfString(as, { width: TEXT_WIDTH })
    // A name, however long, and its line stand on one sheet.
    makeRoom(doc, 16 + whoHeight + asHeight + 44)
    doc.y += 16
    doc.font('bold').fontSize(11).text(who, PAGE.left, doc.y, { width: TEXT_WIDTH })
    doc.font('regular').fontSize(9).text(as, { width: TEXT_WIDTH })
    const y = doc.y + 30
    doc.fontSize(8)
    line(doc, { label: words('paper.sign'), x: PAGE.left, y, width: 270 })
    line(doc, { label: words('paper.date'), x: PAGE.left + 300, y, width: TEXT_WIDTH - 300 })
    doc.y = y + 14
  }
}

function line(doc: Doc, { label, x, y, width }: { label: string; x: number; y: number; width: number }): void {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.7)
    .strokeColor('black')
    .stroke()
  doc.text(label, x, y + 3, { width, lineBreak: false })
}
