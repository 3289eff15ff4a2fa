import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeBlocks } from './arrange-blocks.ts'
import { block, type DocumentBlock, wordsOf } from './document-block.ts'
import { BLOCK_KINDS, MAX_DEPTH } from './document-grammar.ts'
import { emptyHeadings } from './empty-headings.ts'

/** `1.1 clause@2`, `item@1`. */
function shown(blocks: readonly DocumentBlock[]): readonly string[] {
  return arrangeBlocks(blocks).map(({ kind, depth, number, blocks: line }) =>
    [...(number ? [number.join('.')] : []), `${kind}@${depth}`, ...line.slice(1).map(({ id }) => `+${id}`)].join(' '),
  )
}

describe('how a list of blocks reads', () => {
  it.each<[string, readonly DocumentBlock[], readonly string[]]>([
    [
      'clauses are counted at their level, through headings',
      [
        block('a', 'clause', 1, 'A'),
        block('b', 'clause', 2, 'B'),
        block('c', 'clause', 2, 'C'),
        block('h', 'heading', 2, 'H'),
        block('d', 'clause', 1, 'D'),
        block('e', 'clause', 2, 'E'),
      ],
      ['1 clause@1', '1.1 clause@2', '1.2 clause@2', 'heading@2', '2 clause@1', '2.1 clause@2'],
    ],
    [
      'no clause stands deeper than one below what is before it',
      [block('a', 'clause', 4, 'A'), block('b', 'clause', 6, 'B')],
      ['1 clause@1', '1.1 clause@2'],
    ],
    ['a point outside of clauses is a line', [block('a', 'item', 2, 'A')], ['paragraph@0']],
    [
      'a plain line ends a clause, an empty one does not',
      [
        block('a', 'clause', 1, 'A'),
        block('b', 'paragraph', 0, ' '),
        block('c', 'clause', 2, 'C'),
        block('d', 'paragraph', 0, 'D'),
        block('e', 'clause', 2, 'E'),
      ],
      ['1 clause@1', 'paragraph@0', '1.1 clause@2', 'paragraph@0', '2 clause@1'],
    ],
    [
      'a line is carried on by the block right behind it',
      [block('a', 'clause', 1, 'A'), block('b', 'heading', 1, 'B', { continues: 'a' }), block('c', 'item', 1, 'C', { continues: 'b' })],
      ['1 clause@1 +b +c'],
    ],
    [
      'where another block stands before it, it is a line of its own again',
      [block('a', 'clause', 1, 'A'), block('x', 'clause', 1, 'X'), block('b', 'clause', 1, 'B', { continues: 'a' })],
      ['1 clause@1', '2 clause@1', '3 clause@1'],
    ],
    ['the first block carries nothing on', [block('a', 'clause', 1, 'A', { continues: 'a' })], ['1 clause@1']],
    ['ranks of headings are 1 to 3', [block('a', 'heading', 0, 'A'), block('b', 'heading', 6, 'B')], ['heading@1', 'heading@3']],
  ])('[DRA-135] %s', (_, blocks, expected) => {
    expect(shown(blocks)).toEqual(expected)
  })

  it('[DRA-135] every list has a reading: each block in one line, in its order, each line no deeper than it may be', () => {
    const anyBlock = fc.record({
      id: fc.constantFrom('a', 'b', 'c', ''),
      kind: fc.constantFrom(...BLOCK_KINDS),
      depth: fc.integer({ min: 0, max: MAX_DEPTH }),
      part: fc.constant(undefined),
      continues: fc.constantFrom(undefined, 'a', 'b', ''),
      runs: fc.constantFrom([], [{ text: 'x', marks: [] }]),
    })
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 12 }), (blocks) => {
        const lines = arrangeBlocks(blocks)
        expect(lines.flatMap((line) => line.blocks)).toEqual(blocks)
        let deepest = 0
        for (const { kind, depth, number } of lines) {
          if (kind === 'clause') {
            expect(number).toHaveLength(depth)
            expect(depth).toBeLessThanOrEqual(Math.min(deepest + 1, MAX_DEPTH))
            deepest = Math.max(deepest, depth)
          } else if (kind !== 'heading') expect(depth).toBeLessThanOrEqual(deepest)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('[DRA-86] a heading with nothing beneath it, or with empty lines only, is named', () => {
    const blocks = [
      block('t', 'heading', 1, 'Title'),
      block('a', 'heading', 2, 'A'),
      block('b', 'clause', 1, 'words'),
      block('c', 'heading', 2, 'B'),
      block('d', 'heading', 3, 'Below B'),
      block('e', 'clause', 1, '  '),
      block('f', 'heading', 2, 'C'),
      block('g', 'heading', 3, 'Below C'),
      block('h', 'paragraph', 0, 'words'),
    ]
    expect(emptyHeadings(arrangeBlocks(blocks)).map(({ blocks: [first] }) => first && wordsOf(first))).toEqual(['B', 'Below B'])
  })

  it('[DRA-86] in whatever order headings and lines stand, each is judged by what lies before the next of its own or a higher rank', () => {
    const anyBlock = fc.tuple(fc.constantFrom('heading' as const, 'paragraph' as const), fc.integer({ min: 1, max: 3 }), fc.boolean())
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 12 }), (made) => {
        const lines = arrangeBlocks(made.map(([kind, depth, said], at) => block(`${at}`, kind, depth, said ? `words ${at}` : ' ')))
        const expected = lines.filter((line, at) => {
          if (line.kind !== 'heading' || line.depth === 1 || line.empty) return false
          const after = lines.slice(at + 1)
          const end = after.findIndex((other) => other.kind === 'heading' && other.depth <= line.depth)
          return after.slice(0, end < 0 ? undefined : end).every((other) => other.kind === 'heading' || other.empty)
        })
        expect(emptyHeadings(lines)).toEqual(expected)
      }),
    )
  })
})
