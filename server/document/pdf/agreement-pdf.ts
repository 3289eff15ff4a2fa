// The agreement on paper, drawn from its canonical text alone. The electronic variant is the file that people sign;
// the paper variant has the very same text pages and, after them, a page for signatures by hand.

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
  return print(paper, undefined)
}

/** For the paper route: the same text pages and a line for each signer. */
export function agreementPdfForPaper(paper: AgreementPaper, signers: readonly NamedOnPaper[]): Promise<Buffer> {
  return print(paper, signers)
}

async function print(
  { text, textCode, language, frozenAt, caseNumber }: AgreementPaper,
  signers: readonly NamedOnPaper[] | undefined,
): Promise<Buffer> {
  const blocks = parseBlocks(text)
  if (!blocks) throw new TypeError('not a canonical text')
  const words = paperWords(language)
  let textPages = 0
  return printPaper({
    title: words('title'),
    language,
    date: frozenAt,
    write: (doc) => {
      doc.font('regular').fontSize(7).fillColor('#4a4a4a').text(TEXT_HEADER, PAGE.left, PAGE.top).fillColor('black')
      doc.y += 6
      drawBlocks(doc, blocks)
      textPages = doc.bufferedPageRange().count
      if (signers) writeSignatureLines(doc, { words, textCode, textPages, signers })
    },
    footer: (page) => ({
      left: [
        words('footer.code', { code: textCode }),
        ...(caseNumber ? [words('footer.case', { number: printableText(caseNumber) })] : []),
      ].join('   ·   '),
      right: page <= textPages ? words('footer.page', { page, pages: textPages }) : words('footer.signatures'),
      small: words('statement'),
    }),
  })
}

function writeSignatureLines(
  doc: Doc,
  { words, textCode, textPages, signers }: { words: Words; textCode: string; textPages: number; signers: readonly NamedOnPaper[] },
): void {
  doc.addPage()
  doc.font('bold').fontSize(13).text(words('paper.title'), PAGE.left, doc.y, { width: TEXT_WIDTH })
  doc
    .font('regular')
    .fontSize(10)
    .text(words('paper.lead', { code: textCode, pages: textPages }), { width: TEXT_WIDTH, lineGap: 2 })
  for (const { name, role, side } of signers) {
    makeRoom(doc, 86)
    doc.y += 16
    doc.font('bold').fontSize(11).text(printableText(name), PAGE.left, doc.y, { width: TEXT_WIDTH })
    doc
      .font('regular')
      .fontSize(9)
      .text([words(`role.${role}`), ...(side ? [printableText(side)] : [])].join(', '), { width: TEXT_WIDTH })
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
