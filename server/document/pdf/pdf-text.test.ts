import { execFileSync } from 'node:child_process'
import { createHash, webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import { textCode, textDigest } from '#shared/document/text-code.ts'
import { printableCodePoints } from '#shared/kernel/text/clean-text.ts'
import { type AgreementPaper, agreementPdf, agreementPdfForPaper } from './agreement-pdf.ts'
import { serifFonts } from './fonts.ts'
import { PAGE, QR_SIZE } from './paper.ts'
import { qrMatrix } from './qr-matrix.ts'

const NEED = 'pdftotext is missing. Install it with: apt-get install -y poppler-utils'
const KAZAKH = 'АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя'

const p = (text: string, depth = 0) => block('p', 'paragraph', depth, text)
const clause = (text: string, depth = 1) => block('c', 'clause', depth, text)
const list = (...texts: string[]) => texts.map((text) => block('i', 'item', 1, text))
const long =
  'Тараптар келісімге келді: Должник обязуется выплатить взыскателю сумму в размере 1 250 000 ₸ до 1 декабря 2026 года, fifth and office efflux.'

const document: readonly DocumentBlock[] = [
  block('h1', 'heading', 1, 'Дауды (жанжалды) реттеу туралы келісім № 7'),
  p(`Алматы қаласы, 2026 жылғы 22 қараша. ${KAZAKH}`),
  block('h2', 'heading', 2, 'Міндеттемелер'),
  ...Array.from({ length: 30 }, () => [
    clause(long),
    p('за́мок и замо́к', 1),
    ...list('бірінші', long),
    clause(long, 2),
    clause('A'.repeat(300), 3),
  ]).flat(),
  p('Соңы.'),
]

async function paperOf(blocks: readonly DocumentBlock[]): Promise<AgreementPaper> {
  const result = canonicalText(blocks)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  const code = textCode(await textDigest(webcrypto.subtle, result.text))
  return { text: result.text, textCode: code, language: 'kk', frozenAt: Date.UTC(2026, 10, 22, 9, 0, 0), caseNumber: '2026-7' }
}

/** Text of every page, the footers cut away unless asked for. */
function pdfText(pdf: Buffer, whole = false): string {
  const crop = ['-x', '0', '-y', '0', '-W', '600', '-H', String(Math.ceil(PAGE.height - PAGE.bottom + 10))]
  return inFile(pdf, (file) =>
    execFileSync('pdftotext', ['-raw', '-nopgbrk', '-enc', 'UTF-8', ...(whole ? [] : crop), file, '-'], { encoding: 'utf8' }),
  )
}

/** Whole, sheet by sheet. */
function pagesOf(pdf: Buffer): string[] {
  return inFile(pdf, (file) =>
    execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1),
  )
}

/** Which squares of the code at the foot of a sheet are dark, as somebody sees them who has only the sheet: by its picture. */
function squaresOn(pdf: Buffer, { sheet, size }: { sheet: number; size: number }): boolean[] {
  const SCALE = 4 // dots to a point
  const picture = inFile(pdf, (file) =>
    execFileSync('pdftoppm', ['-gray', '-r', String(72 * SCALE), '-f', String(sheet), '-l', String(sheet), file], { maxBuffer: 1 << 26 }),
  )
  const [head = '', width = ''] = /^P5\s(\d+)\s\d+\s255\s/.exec(picture.subarray(0, 40).toString('latin1')) ?? []
  const square = QR_SIZE / size
  const [left, top] = [PAGE.width - PAGE.right - QR_SIZE, PAGE.height - PAGE.bottom + 22]
  return Array.from({ length: size * size }, (_, i) => {
    const x = Math.floor((left + ((i % size) + 0.5) * square) * SCALE)
    const y = Math.floor((top + (Math.floor(i / size) + 0.5) * square) * SCALE)
    return (picture[head.length + y * Number(width) + x] ?? 255) < 128
  })
}

function inFile<T>(pdf: Buffer, look: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'bitim-pdf-'))
  try {
    const file = join(folder, 'a.pdf')
    writeFileSync(file, pdf)
    return look(file)
  } catch (cause) {
    throw new Error(NEED, { cause })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const withoutSpace = (text: string) => text.normalize('NFC').replace(/[\s#]+/g, '')
const spaced = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\s#]+/g, ' ')
    .trim()

describe('the agreement as PDF', () => {
  it('[DOC-20] its extracted text is the canonical text, every character, in order', async () => {
    const paper = await paperOf(document)
    expect(withoutSpace(pdfText(await agreementPdf(paper)))).toBe(withoutSpace(paper.text))
  })

  it('[DOC-20] words stay words', async () => {
    const paper = await paperOf([clause(long), ...list('бірінші', 'екінші'), clause('Ішкі тармақ', 2), p('Соңы.')])
    expect(spaced(pdfText(await agreementPdf(paper)))).toBe(spaced(paper.text))
  })

  it('[DOC-21] its bytes are the same on every run, and other for another text', async () => {
    const paper = await paperOf(document)
    const [one, two] = [await agreementPdf(paper), await agreementPdf({ ...paper })]
    expect(one.equals(two)).toBe(true)
    const other = await paperOf([p('Басқа')])
    expect(one.equals(await agreementPdf(other))).toBe(false)
  })

  it('[DOC-22] every page bears the code and says that this is no EDS, in the language of the document', async () => {
    for (const [language, statement] of [
      ['kk', 'ЭЦҚ емес'],
      ['ru', 'а не ЭЦП'],
      ['en', 'not an EDS'],
    ] as const) {
      const paper = { ...(await paperOf(document)), language }
      const text = spaced(pdfText(await agreementPdf(paper), true))
      const pages = Number(/1 \/ (\d+)/.exec(text)?.[1])
      expect(pages).toBeGreaterThan(5)
      expect(text.split(paper.textCode)).toHaveLength(pages + 1)
      expect(text.split(statement)).toHaveLength(pages + 1)
      expect(text).toContain(`${pages} / ${pages}`)
    }
  })

  const signers = [
    { name: 'Өмірбек Ұлжан Һәмитқызы', role: 'party' as const, side: '«Ақжол» ЖШС' },
    { name: 'Қуат Әлібек', role: 'mediator' as const },
  ]

  it('[DOC-23] the paper variant has the same text pages, then a line for each signer', async () => {
    const paper = await paperOf(document)
    const electronic = spaced(pdfText(await agreementPdf(paper)))
    const onPaper = spaced(pdfText(await agreementPdfForPaper(paper, signers)))
    expect(onPaper.startsWith(electronic)).toBe(true)
    const rest = onPaper.slice(electronic.length)
    for (const { name } of signers) expect(rest).toContain(name)
    expect(rest).toContain('Тарап, «Ақжол» ЖШС')
  })

  it('[DOC-67] every sheet of it bears the whole SHA-256 of the text and its number among all, those for signatures too', async () => {
    for (const [language, number] of [
      ['kk', (i: number, n: number) => `Парақ: ${i} / ${n}`],
      ['ru', (i: number, n: number) => `Лист ${i} из ${n}`],
      ['en', (i: number, n: number) => `Sheet ${i} of ${n}`],
    ] as const) {
      const paper = { ...(await paperOf(document)), language }
      const many = Array.from({ length: 20 }, () => signers).flat()
      const sheets = pagesOf(await agreementPdfForPaper(paper, many))
      expect(sheets.length).toBeGreaterThan(8)
      const digest = createHash('sha256').update(paper.text, 'utf8').digest('hex')
      for (const [i, sheet] of sheets.entries()) {
        expect(withoutSpace(sheet)).toContain(digest)
        expect(spaced(sheet)).toContain(number(i + 1, sheets.length))
        expect(spaced(sheet)).toContain(paper.textCode)
      }
    }
  })

  it('[DOC-67] every sheet bears the same digest as a QR code', async () => {
    const paper = await paperOf(document)
    const digest = createHash('sha256').update(paper.text, 'utf8').digest('hex')
    const pdf = await agreementPdfForPaper(paper, signers)
    const { size, isDark } = qrMatrix(`SHA-256:${digest.toUpperCase()}`)
    const squares = Array.from({ length: size * size }, (_, i) => isDark(i % size, Math.floor(i / size)))
    for (let sheet = 1; sheet <= pagesOf(pdf).length; sheet++) expect(squaresOn(pdf, { sheet, size })).toEqual(squares)
  })

  it('[DOC-194] a name, its side and the line for its signature stand on one sheet, however long they are and wherever the sheet ends', async () => {
    const paper = { ...(await paperOf(document)), language: 'ru' as const }
    const long = {
      name: 'Мұхамедияров-Жангелдин Абдырахман-Нұрсұлтан Бекмұхаммедұлы Қожахметов',
      role: 'party' as const,
      side: 'Товарищество «Северо-Казахстанский агропромышленный комплекс» '.repeat(3).trim(),
    }
    const short = { name: 'Айгүл Серік', role: 'party' as const, side: 'КХ «Береке»' }
    for (let few = 0; few < 7; few++) {
      const people = [...Array.from({ length: few }, () => short), ...Array.from({ length: 6 }, () => long)]
      for (const sheet of pagesOf(await agreementPdfForPaper(paper, people))) {
        const times = (words: RegExp) => spaced(sheet).match(words)?.length ?? 0
        expect(times(/Подпись Дата/g)).toBe(times(/Қожахметов|Айгүл Серік/g))
        expect(times(/Подпись Дата/g)).toBe(times(/Сторона, /g))
      }
    }
  })

  it('[DOC-67] no sheet of it says that it is, or could be, signed electronically; the electronic one bears none of its marks', async () => {
    for (const language of ['kk', 'ru', 'en'] as const) {
      const paper = { ...(await paperOf(document)), language }
      const words = spaced(pdfText(await agreementPdfForPaper(paper, signers), true))
      expect(words).not.toMatch(/электрон|ЭЦП|ЭЦҚ|Bitim [^t]|Цифр|electronic|EDS|service signature/i)
      expect(spaced(pdfText(await agreementPdf(paper), true))).not.toContain('SHA-256')
    }
  })

  it('[DOC-24] names that the font lacks are boxes, and a long case number does not cover the page number', async () => {
    const paper = { ...(await paperOf([p('А')])), caseNumber: 'Ж'.repeat(60) }
    const signers = [
      { name: '王 Әли', role: 'party' as const, side: 'ب'.repeat(3) },
      { name: 'Қ'.repeat(200), role: 'mediator' as const },
    ]
    const text = spaced(pdfText(await agreementPdfForPaper(paper, signers), true))
    expect(text).toContain('□ Әли')
    expect(text).toContain('Тарап, □□□')
    expect(text).toContain('Парақ: 1 / 2')
    expect(withoutSpace(text)).toContain('Қ'.repeat(200))
  })

  it('[DOC-20] a text that is not canonical is not printed', async () => {
    const paper = await paperOf(document)
    await expect(agreementPdf({ ...paper, text: 'Bitim text 1\n\nA\n' })).rejects.toThrow('not a canonical text')
  })

  it('[DOC-8] every character that a text may hold has a glyph in both weights, and NFC leaves it alone', () => {
    const fontkit = createRequire(createRequire(import.meta.url).resolve('pdfkit'))('fontkit') as {
      create(bytes: Buffer): { hasGlyphForCodePoint(code: number): boolean }
    }
    const fonts = [fontkit.create(serifFonts().regular), fontkit.create(serifFonts().bold)]
    const missing = printableCodePoints().filter((code) => !fonts.every((font) => font.hasGlyphForCodePoint(code)))
    expect(missing.map((code) => code.toString(16))).toEqual([])
    expect(printableCodePoints().filter((code) => String.fromCodePoint(code).normalize('NFC') !== String.fromCodePoint(code))).toEqual([])
    for (const letter of `${KAZAKH}₸№«»—`) expect(printableCodePoints()).toContain(letter.codePointAt(0))
  })

  it('[DOC-7] the digest is SHA-256 of the text in UTF-8', async () => {
    const { text } = await paperOf(document)
    expect(Buffer.from(await textDigest(webcrypto.subtle, text)).toString('hex')).toBe(
      createHash('sha256').update(text, 'utf8').digest('hex'),
    )
  })
})
