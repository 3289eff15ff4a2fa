// Draws the canonical text, block by block. Every character on these pages comes from it.
import { type Block, clauseNumber } from '#shared/document/text/blocks.ts'
import { type Doc, makeRoom, PAGE, TEXT_WIDTH } from './paper.ts'

const SIZE = 11
const HEADING_SIZES = { 1: 16, 2: 13, 3: 11.5 } as const
const INDENT = 22
const LINE = { lineGap: 2.5 } as const

export function drawBlocks(doc: Doc, blocks: readonly Block[]): void {
  for (const block of blocks) drawBlock(doc, block)
}

function drawBlock(doc: Doc, block: Block): void {
  const text = block.lines.map(holdTogether).join('\n')
  switch (block.kind) {
    case 'heading': {
      const size = HEADING_SIZES[block.level]
      if (doc.y > PAGE.top) doc.y += size * 0.7
      makeRoom(doc, size * 2 + SIZE * 3) // a heading stays with what it heads
      doc.font('bold').fontSize(size)
      doc.text(text, PAGE.left, doc.y, { width: TEXT_WIDTH, align: block.level === 1 ? 'center' : 'left', ...LINE })
      doc.y += size * 0.35
      return
    }
    case 'clause': {
      const depth = block.number.length
      hanging(doc, { mark: clauseNumber(block.number), text, left: indentOf(depth - 1), by: numberWidth(depth) })
      return
    }
    case 'item':
      hanging(doc, { mark: '•', text, left: textLeft(block.depth), by: 14 })
      return
    case 'paragraph':
      hanging(doc, { mark: '', text, left: textLeft(block.depth), by: 0 })
      return
  }
}

/** A mark at the left, the text beside it. */
function hanging(doc: Doc, { mark, text, left, by }: { mark: string; text: string; left: number; by: number }): void {
  doc.font('regular').fontSize(SIZE)
  makeRoom(doc, doc.currentLineHeight(true) * 2)
  const y = doc.y
  const x = PAGE.left + left
  if (mark) doc.text(mark, x, y, { lineBreak: false })
  doc.text(text, x + by, y, { width: TEXT_WIDTH - left - by, ...LINE })
  doc.y += SIZE * 0.45
}

function indentOf(depth: number): number {
  return Math.min(depth, 3) * INDENT * 0.5
}

/** Where the text of a clause of this depth begins. */
function textLeft(depth: number): number {
  return depth === 0 ? 0 : indentOf(depth - 1) + numberWidth(depth)
}

/** Room for "1." to "1.1.1.1.1.1." */
function numberWidth(depth: number): number {
  return 14 + depth * 12
}

/** Sums stay on one line: the space within a number, or between it and its unit, does not break. It is the same space to a reader. */
function holdTogether(line: string): string {
  return line.replace(/(?<=\d) (?=\d{3}(?!\d)|[₸%€$₽])/g, '\u00a0')
}
