// @vitest-environment jsdom
// Pages made at random, of which it is known what a reader sees: the same words come out, in their order, and none runs into another.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksFromHtml, blocksFromText } from './pasted-blocks.ts'
import { wordsIn } from './pasted-lines.ts'

interface Piece {
  readonly html: string
  readonly words: readonly string[]
}

const WORDS = [
  'Платит',
  'тауарды',
  'келісті',
  'supply',
  '500',
  '2.5',
  '30.04.2026',
  '1.500.000',
  '18.30',
  '₸',
  '№7',
  '«Астық»',
  '10%',
  '-3',
  'ИП',
  'o',
  'а)',
  'x²',
]

function together(pieces: readonly Piece[], between = ' '): Piece {
  return { html: pieces.map(({ html }) => html).join(between), words: pieces.flatMap(({ words }) => words) }
}

function within(open: string, close: string, { html, words }: Piece): Piece {
  return { html: `${open}${html}${close}`, words }
}

const word = fc.constantFrom(...WORDS).map((each): Piece => ({ html: each, words: [each] }))
const INLINE = [
  'b',
  'i',
  'span',
  'a',
  'font',
  'ins',
  'u',
  'em',
  'code',
  'label',
  'x-word',
  'st1:place',
  'o:p',
  'w:sdt',
  'mark',
  'small',
  'bdi',
  'time',
]
const INLINE_WITH = [
  'span style="white-space:pre-wrap"',
  'b style="font-weight:normal"',
  'span aria-hidden="true"',
  'span class="shown"',
  'span style="color:white"',
]
const BLOCK = ['p', 'div', 'h2', 'blockquote', 'pre', 'address', 'section', 'footer', 'center', 'figure', 'fieldset', 'form', 'main']
const BLOCK_WITH = [
  'p class=MsoNormal',
  'div hidden=x style="display:block"',
  'span style="display:block"',
  'x-card style="display:flex"',
  'details open',
]
const HIDING = [
  ['<span style="display:none">', '</span>'],
  ['<del>', '</del>'],
  ['<s>', '</s>'],
  ['<span class="hide">', '</span>'],
  ['<span style="mso-hide:all">', '</span>'],
  ['<template>', '</template>'],
  ['<!--', '-->'],
  ['<a class=msocomanchor>', '</a>'],
  ['<i style="visibility:hidden">', '</i>'],
] as const

const { blocks } = fc.letrec<{ inline: Piece; block: Piece; blocks: Piece }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    word,
    fc.array(tie('inline'), { minLength: 1, maxLength: 3 }).map((pieces) => together(pieces)),
    fc
      .tuple(fc.constantFrom(...INLINE, ...INLINE_WITH), tie('inline'))
      .map(([tag, piece]) => within(`<${tag}>`, `</${tag.split(' ')[0]}>`, piece)),
    fc.tuple(fc.constantFrom(...HIDING), word).map(([[open, close], { html }]) => within(open, close, { html, words: [] })),
    fc.tuple(tie('inline'), tie('inline')).map((pieces) => together(pieces, '<br>')),
  ),
  block: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('inline').map((piece) => within('<div>', '</div>', piece)),
    fc
      .tuple(fc.constantFrom(...BLOCK, ...BLOCK_WITH), tie('blocks'))
      .map(([tag, piece]) => within(`<${tag}>`, `</${tag.split(' ')[0]}>`, piece)),
    fc.tuple(fc.constantFrom('ol', 'ul'), fc.array(tie('blocks'), { minLength: 1, maxLength: 3 })).map(([tag, points]) =>
      within(
        `<${tag}>`,
        `</${tag}>`,
        together(
          points.map((point) => within('<li>', '</li>', point)),
          '',
        ),
      ),
    ),
    fc.array(fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map((rows) =>
      within(
        '<table>',
        '</table>',
        together(
          rows.map((cells) =>
            within(
              '<tr>',
              '</tr>',
              together(
                cells.map((cell) => within('<td>', '</td>', cell)),
                '',
              ),
            ),
          ),
          '',
        ),
      ),
    ),
    fc.array(tie('inline'), { minLength: 1, maxLength: 3 }).map((pieces) =>
      within(
        '<dl>',
        '</dl>',
        together(
          pieces.map((piece) => within('<dd>', '</dd>', piece)),
          '',
        ),
      ),
    ),
  ),
  // nothing between them, so that only their being blocks keeps words apart
  blocks: fc.oneof(
    { maxDepth: 4 },
    tie('inline'),
    fc.array(tie('block'), { maxLength: 3 }).map((pieces) => together(pieces, '')),
    fc.tuple(tie('inline'), tie('block')).map((pieces) => together(pieces, '')),
    fc.tuple(tie('block'), tie('inline')).map((pieces) => together(pieces, '')),
  ),
}))

describe('pasted words', () => {
  it('[DRA-205] of any page the words that are seen come along, in their order, each apart', () => {
    fc.assert(
      fc.property(blocks, (page) => {
        const read = blocksFromHtml(`<style>.hide{display:none}.shown{display:inline}</style>${page.html}`)
        expect(wordsOf(read.map(({ runs }) => wordsIn(runs)))).toEqual(page.words)
      }),
      { seed: 20261128, numRuns: 250 },
    )
  })

  it('[DRA-205] of any plain text too', () => {
    const line = fc.array(fc.constantFrom(...WORDS), { maxLength: 4 })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\u000b', '\u2028', '\n\n'), (lines, end) => {
        const read = blocksFromText(lines.map((words) => words.join('\u00a0\t')).join(end))
        expect(wordsOf(read.map(({ mark, runs }) => mark + wordsIn(runs)))).toEqual(lines.flat())
      }),
      { seed: 20261128, numRuns: 400 },
    )
  })
})

/** Between cells and their lines there are signs of ours. */
function wordsOf(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .split(/(?:;| \/)?\s+/)
    .filter((each) => each !== '')
}
