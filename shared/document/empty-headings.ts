import { type ArrangedBlock, arrangeBlocks } from './arrange-blocks.ts'
import { type DocumentBlock, wordsOf } from './document-block.ts'

/** Headings (below the title) with no words beneath them, before the next heading of their own or a higher rank. */
export function emptyHeadings(document: readonly DocumentBlock[]): readonly string[] {
  const blocks = arrangeBlocks(document)
  const empty: string[] = []
  for (const [index, block] of blocks.entries()) {
    const rank = rankOf(block)
    if (rank === undefined || rank === 1 || block.empty) continue
    const next = blocks.findIndex((other, at) => at > index && (rankOf(other) ?? 9) <= rank)
    const beneath = blocks.slice(index + 1, next < 0 ? undefined : next)
    if (beneath.every((other) => rankOf(other) !== undefined || other.empty)) empty.push(block.blocks.map(wordsOf).join('').trim())
  }
  return empty
}

function rankOf({ kind, depth }: ArrangedBlock): number | undefined {
  return kind === 'heading' ? depth : undefined
}
