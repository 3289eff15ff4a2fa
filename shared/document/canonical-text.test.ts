import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentNode } from '#shared/document/document-node.ts'
import { canonicalText, MAX_NODES, MAX_TEXT_UNITS, MAX_WORD_UNITS } from './canonical-text.ts'
import { parseBlocks, renderBlocks } from './text/blocks.ts'
import { textCode } from './text-code.ts'

const t = (text: string, ...marks: string[]): DocumentNode => ({ type: 'text', text, marks: marks.map((type) => ({ type })) })
const br: DocumentNode = { type: 'hardBreak' }
const p = (...content: (string | DocumentNode)[]): DocumentNode => ({
  type: 'paragraph',
  content: content.map((part) => (typeof part === 'string' ? t(part) : part)),
})
const h = (level: number, text: string): DocumentNode => ({ type: 'heading', attrs: { level }, content: [t(text)] })
const clause = (...content: DocumentNode[]): DocumentNode => ({ type: 'clause', attrs: { id: 'x' }, content })
const list = (...items: DocumentNode[][]): DocumentNode => ({
  type: 'bulletList',
  content: items.map((content) => ({ type: 'listItem', content })),
})
const doc = (...content: DocumentNode[]): DocumentNode => ({ type: 'doc', content })

function textOf(document: DocumentNode): string {
  const result = canonicalText(document)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.text
}
function faultsOf(document: unknown) {
  const result = canonicalText(document)
  return result.ok ? [] : result.faults
}

describe('canonical text', () => {
  it('[DOC-1] [DOC-2] headings, numbers, items and line breaks stand in the text, under a line that names the format', () => {
    const document = doc(
      h(1, 'Келісім'),
      p('Алматы қаласы,', br, '2026 жылғы 22 қараша'),
      clause(
        p('Төлем 100\u00a0000 ₸.'),
        p('Мерзімі: 1 желтоқсан.'),
        list([p('бірінші'), p('және')], [p('екінші')]),
        clause(p('Тармақша')),
        p('Соңы'),
      ),
      clause(p('Екінші тармақ')),
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

  it('[DOC-1] composed and decomposed letters, bold and plain, split and whole text nodes give the same bytes', () => {
    expect(textOf(doc(p('Йошкар')))).toBe(textOf(doc(p('И\u0306ошкар'))))
    expect(textOf(doc(p(t('Оплатить ', 'bold'), t('в срок', 'italic'))))).toBe(textOf(doc(p('Оплатить в срок'))))
  })

  it('[DOC-4] spaces of any kind and number are one plain space', () => {
    expect(textOf(doc(p(' a \u00a0\u2009\t b\u3000')))).toBe('Bitim text 1\n\n  a b\n')
  })

  it.each<[string, DocumentNode, DocumentNode]>([
    ['a heading and a paragraph that imitates it', doc(h(1, 'A')), doc(p('# A'))],
    ['a clause and a paragraph that imitates it', doc(clause(p('A'))), doc(p('1. A'))],
    ['an item and a paragraph that imitates it', doc(clause(p('A'), list([p('B')]))), doc(clause(p('A'), p('• B')))],
    ['a line break and a new paragraph', doc(p('A', br, 'B')), doc(p('A'), p('B'))],
    ['a paragraph inside a clause and after it', doc(clause(p('A'), p('B'))), doc(clause(p('A')), p('B'))],
    ['a subclause and a clause', doc(clause(p('A'), clause(p('B')))), doc(clause(p('A')), clause(p('B')))],
    [
      'a line of an item and a paragraph after the list',
      doc(clause(p('A'), list([p('B'), p('C')]))),
      doc(clause(p('A'), list([p('B')]), p('C'))),
    ],
    ['letters of two alphabets that look alike', doc(p('cop')), doc(p('сор'))],
  ])('[DOC-3] %s differ', (_, one, other) => {
    expect(textOf(one)).not.toBe(textOf(other))
  })

  it('[DOC-3] any document gives a text that reads back to the very same blocks', () => {
    fc.assert(
      fc.property(arbitraryDocument(), (document) => {
        const result = canonicalText(document)
        if (!result.ok) return
        expect(parseBlocks(result.text)).toEqual(result.blocks)
      }),
      { numRuns: 300 },
    )
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
    const faults = faultsOf(doc(clause(p('Бірінші')), clause(p('Екінші'), clause(p(`Төлем${character}ақы`)))))
    expect(faults).toEqual([{ fault: 'character', kind, codePoint: character.codePointAt(0), clause: '2.1.', near: 'Төлемақы' }])
  })

  it('[DOC-5] a stress accent needs a letter before it', () => {
    expect(faultsOf(doc(p('за\u0301мок')))).toEqual([])
    expect(faultsOf(doc(p('за\u0301\u0301мок')))).toHaveLength(1)
    expect(faultsOf(doc(p('\u0301а')))).toHaveLength(1)
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'unknown-node'],
    ['a number', 7, 'unknown-node'],
    ['no document', p('A'), 'misplaced-node'],
    ['an empty document', doc(), 'empty-document'],
    ['white space', doc(p('  ', br, '\u00a0')), 'empty-document'],
    ['an unknown node', doc({ type: 'table' }), 'unknown-node'],
    ['an unknown attribute', doc({ ...p('A'), attrs: { textAlign: 'right' } }), 'unknown-attribute'],
    ['an unknown mark', doc(p(t('A', 'strike'))), 'unknown-attribute'],
    ['an unknown part', doc({ ...p('A'), html: '<b>' } as DocumentNode), 'unknown-attribute'],
    ['a heading of level 4', doc(h(4, 'A')), 'unknown-attribute'],
    ['a list outside a clause', doc(list([p('A')])), 'misplaced-node'],
    ['a clause in an item', doc(clause(p('A'), list([clause(p('B'))]))), 'misplaced-node'],
    ['a paragraph in a paragraph', doc({ type: 'paragraph', content: [p('A')] }), 'misplaced-node'],
    ['a clause without words', doc(clause(p(''), p('A'))), 'empty-clause'],
    ['a clause of nothing', doc(clause()), 'empty-clause'],
    ['content that is no list', doc({ type: 'paragraph', content: 'A' as never }), 'unknown-attribute'],
    ['a text node without text', doc(p({ type: 'text' })), 'unknown-attribute'],
    [
      'clauses too deep',
      doc([1, 2, 3, 4, 5, 6, 7].reduceRight((inner) => clause(p('A'), ...(inner ? [inner] : [])), clause(p('Z')))),
      'too-deep',
    ],
    ['too much text', doc(p('A '.repeat(MAX_TEXT_UNITS / 2 + 1))), 'too-long'],
    ['a word without end', doc(p(`A ${'A'.repeat(MAX_WORD_UNITS + 1)}`)), 'too-long'],
    ['too many nodes', doc(...Array.from({ length: MAX_NODES }, () => p())), 'too-long'],
  ])('[DOC-6] %s is refused with a named fault', (_, document, fault) => {
    expect(faultsOf(document).map((found) => found.fault)).toContain(fault)
  })

  it('[DOC-6] a thousand faults are not listed one by one', () => {
    const faults = faultsOf(doc(p('\u200b'.repeat(1000))))
    expect(faults).toHaveLength(100)
    expect(faults.at(-1)).toEqual({ fault: 'too-many-faults' })
  })

  it('[DOC-6] no JSON makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map((content) => ({ type: 'doc', content: [content] })),
        ),
        (value) => void canonicalText(value),
      ),
    )
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

function arbitraryDocument(): fc.Arbitrary<DocumentNode> {
  const text = fc.oneof(
    fc.constantFrom('• A', '# A', '1. A', '1.1. A', ' A', 'Ә ә', 'й', '#', '.', '\n', '  '),
    fc.string({ unit: 'grapheme-ascii' }),
  )
  const inline = fc.oneof({ weight: 4, arbitrary: text.map((value) => t(value)) }, { weight: 1, arbitrary: fc.constant(br) })
  const paragraph = fc.array(inline, { maxLength: 4 }).map((content) => p(...content))
  const firstParagraph = paragraph.map((node) => p('Ж', ...(node.content ?? [])))
  const items = fc.array(fc.array(paragraph, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }).map((all) => list(...all))
  const { clauses } = fc.letrec<{ clauses: DocumentNode }>((tie) => ({
    clauses: fc
      .tuple(firstParagraph, fc.array(fc.oneof({ maxDepth: 3 }, paragraph, items, tie('clauses')), { maxLength: 4 }))
      .map(([first, rest]) => clause(first, ...rest)),
  }))
  const heading = fc.tuple(fc.integer({ min: 1, max: 3 }), text).map(([level, value]) => h(level, value))
  return fc.array(fc.oneof(heading, paragraph, clauses), { maxLength: 8 }).map((content) => doc(...content))
}
