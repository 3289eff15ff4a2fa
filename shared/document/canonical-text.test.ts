import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, MAX_BLOCKS, MAX_TEXT_UNITS, MAX_WORD_UNITS } from './canonical-text.ts'
import { block, type DocumentBlock } from './document-block.ts'
import { BLOCK_KINDS, MAX_DEPTH } from './document-grammar.ts'
import { parseBlocks, renderBlocks } from './text/blocks.ts'
import { textCode } from './text-code.ts'

const p = (...lines: string[]): DocumentBlock => block('p', 'paragraph', 0, lines.join('\n'))
const h = (rank: number, text: string): DocumentBlock => block('h', 'heading', rank, text)
const clause = (depth: number, ...lines: string[]): DocumentBlock => block('c', 'clause', depth, lines.join('\n'))
const below = (depth: number, ...lines: string[]): DocumentBlock => block('b', 'paragraph', depth, lines.join('\n'))
const item = (depth: number, ...lines: string[]): DocumentBlock => block('i', 'item', depth, lines.join('\n'))
const doc = (...blocks: DocumentBlock[]): readonly DocumentBlock[] => blocks

function textOf(document: readonly DocumentBlock[]): string {
  const result = canonicalText(document)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.text
}
function faultsOf(document: readonly DocumentBlock[]) {
  const result = canonicalText(document)
  return result.ok ? [] : result.faults
}

describe('canonical text', () => {
  it('[DOC-1] [DOC-2] headings, numbers, items and line breaks stand in the text, under a line that names the format', () => {
    const document = doc(
      h(1, 'Келісім'),
      p('Алматы қаласы,', '2026 жылғы 22 қараша'),
      clause(1, 'Төлем 100\u00a0000 ₸.'),
      below(1, 'Мерзімі: 1 желтоқсан.'),
      item(1, 'бірінші', 'және'),
      item(1, 'екінші'),
      clause(2, 'Тармақша'),
      below(1, 'Соңы'),
      clause(1, 'Екінші тармақ'),
      h(2, 'Қолдар'),
    )
    expect(textOf(document)).toBe(
      [
        'Bitim text 1',
        '# Келісім',
        '  Алматы қаласы,\n  2026 жылғы 22 қараша',
        '1. Төлем 100 000 ₸.',
        '    Мерзімі: 1 желтоқсан.',
        '   • бірінші\n     және',
        '   • екінші',
        '1.1. Тармақша',
        '    Соңы',
        '2. Екінші тармақ',
        '## Қолдар\n',
      ].join('\n\n'),
    )
  })

  it('[DOC-1] composed and decomposed letters, bold and plain, a line in one block and in several give the same bytes', () => {
    expect(textOf(doc(p('Йошкар')))).toBe(textOf(doc(p('И\u0306ошкар'))))
    const bold: DocumentBlock = {
      ...p(),
      runs: [
        { text: 'Оплатить ', marks: ['bold'] },
        { text: 'в срок', marks: [] },
      ],
    }
    expect(textOf(doc(bold))).toBe(textOf(doc(p('Оплатить в срок'))))
    const joined = [block('a', 'clause', 1, 'Оплатить '), block('b', 'heading', 2, 'в срок', { continues: 'a' })]
    expect(textOf(joined)).toBe(textOf(doc(clause(1, 'Оплатить в срок'))))
  })

  it('[DOC-4] spaces of any kind and number are one plain space', () => {
    expect(textOf(doc(p(' a \u00a0\u2009\t b\u3000')))).toBe('Bitim text 1\n\n  a b\n')
  })

  it.each<[string, readonly DocumentBlock[], readonly DocumentBlock[]]>([
    ['a heading and a paragraph that imitates it', doc(h(1, 'A')), doc(p('# A'))],
    ['a clause and a paragraph that imitates it', doc(clause(1, 'A')), doc(p('1. A'))],
    ['an item and a paragraph that imitates it', doc(clause(1, 'A'), item(1, 'B')), doc(clause(1, 'A'), below(1, '• B'))],
    ['a line break and a new paragraph', doc(p('A', 'B')), doc(p('A'), p('B'))],
    ['a paragraph inside a clause and after it', doc(clause(1, 'A'), below(1, 'B')), doc(clause(1, 'A'), p('B'))],
    ['a subclause and a clause', doc(clause(1, 'A'), clause(2, 'B')), doc(clause(1, 'A'), clause(1, 'B'))],
    [
      'a line of an item and a paragraph after it',
      doc(clause(1, 'A'), item(1, 'B', 'C')),
      doc(clause(1, 'A'), item(1, 'B'), below(1, 'C')),
    ],
    ['letters of two alphabets that look alike', doc(p('cop')), doc(p('сор'))],
  ])('[DOC-3] %s differ', (_, one, other) => {
    expect(textOf(one)).not.toBe(textOf(other))
  })

  it('[DOC-3] any list of blocks gives a text that reads back to the very same blocks', () => {
    let given = 0
    fc.assert(
      fc.property(arbitraryDocument(), (document) => {
        const result = canonicalText(document)
        if (!result.ok) return
        given++
        expect(parseBlocks(result.text)).toEqual(result.blocks)
      }),
      { numRuns: 3_000 },
    )
    expect(given).toBeGreaterThan(1_000)
  })

  it('[DOC-3] whatever parses is printed back to the same bytes, so no two texts stand for the same blocks', () => {
    const piece = fc.constantFrom('Bitim text 1', '\n\n', '\n', ' ', '  ', '# ', '1. ', '2. ', '1.1. ', '• ', 'A', 'Ж', '9.', '#')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = `Bitim text 1\n\n${pieces.join('')}\n`
        const blocks = parseBlocks(text)
        if (blocks) expect(renderBlocks(blocks)).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['\u202e', 'bidirectional'],
    ['\u2066', 'bidirectional'],
    ['\u200f', 'bidirectional'],
    ['\u200b', 'invisible'],
    ['\u00ad', 'invisible'],
    ['\ufeff', 'invisible'],
    ['\u3164', 'invisible'],
    ['\u2800', 'invisible'],
    ['\ufe0f', 'invisible'],
    ['\u{e0041}', 'invisible'],
    ['\u0007', 'control'],
    ['\u0085', 'control'],
    ['\ue000', 'unassigned'],
    ['\u0378', 'unassigned'],
    ['\ud800', 'unassigned'],
    ['😀', 'unprintable'],
    ['ب', 'unprintable'],
    ['\u0336', 'unprintable'],
  ])('[DOC-5] %j is refused as %s, with its clause, code point and words around', (character, kind) => {
    const faults = faultsOf(doc(clause(1, 'Бірінші'), clause(1, 'Екінші'), clause(2, `Төлем${character}ақы`)))
    expect(faults).toEqual([{ fault: 'character', kind, codePoint: character.codePointAt(0), clause: '2.1.', near: 'Төлемақы' }])
  })

  it('[DOC-5] a stress accent needs a letter before it', () => {
    expect(faultsOf(doc(p('за\u0301мок')))).toEqual([])
    expect(faultsOf(doc(p('за\u0301\u0301мок')))).toHaveLength(1)
    expect(faultsOf(doc(p('\u0301а')))).toHaveLength(1)
  })

  it.each<[string, readonly DocumentBlock[], string]>([
    ['an empty document', doc(), 'empty-document'],
    ['white space', doc(p('  ', '\u00a0')), 'empty-document'],
    ['a clause without words', doc(clause(1), below(1, 'A')), 'empty-clause'],
    ['too much text', doc(p('A '.repeat(MAX_TEXT_UNITS / 2 + 1))), 'too-long'],
    ['a word without end', doc(p(`A ${'A'.repeat(MAX_WORD_UNITS + 1)}`)), 'too-long'],
    ['too many blocks', doc(...Array.from({ length: MAX_BLOCKS + 1 }, () => p())), 'too-long'],
  ])('[DOC-6] %s is refused with a named fault', (_, document, fault) => {
    expect(faultsOf(document).map((found) => found.fault)).toContain(fault)
  })

  it('[DOC-6] a thousand faults are not listed one by one', () => {
    const faults = faultsOf(doc(p('\u200b'.repeat(1000))))
    expect(faults).toHaveLength(100)
    expect(faults.at(-1)).toEqual({ fault: 'too-many-faults' })
  })

  it('[DOC-7] the code is twelve digits of the digest, in three groups', () => {
    const digest = createHash('sha256').update('Bitim text 1\n\n  A\n').digest()
    const number = BigInt(`0x${digest.subarray(0, 16).toString('hex')}`) % 10n ** 12n
    expect(textCode(digest)).toBe(
      String(number)
        .padStart(12, '0')
        .replace(/(\d{4})(\d{4})(\d{4})/, '$1 $2 $3'),
    )
    expect(textCode(new Uint8Array(32))).toBe('0000 0000 0000')
  })
})

function arbitraryDocument(): fc.Arbitrary<readonly DocumentBlock[]> {
  const line = fc.oneof(
    fc.constantFrom('• A', '# A', '1. A', '1.1. A', ' A', 'Ә ә', 'й', '#', '.', '\n', '  ', ''),
    fc.string({ unit: 'grapheme-ascii' }),
  )
  return fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom(...BLOCK_KINDS),
      depth: fc.integer({ min: 0, max: MAX_DEPTH }),
      part: fc.constant(undefined),
      continues: fc.constantFrom(undefined, 'a', 'b'),
      runs: fc.tuple(fc.constantFrom('', 'Ж', 'Ж'), line).map((texts) => texts.map((text) => ({ text, marks: [] }))),
    }),
    { maxLength: 8 },
  )
}
