import type { ArrangedBlock } from './arrange-blocks.ts'

/** Ranks of headings. */
const RANKS = [1, 2, 3] as const

/**
 * Headings (below the title) with no words beneath them, before the next heading of their own or a higher rank. Read once from the end, since
 * a draft may hold ten thousands of them.
 */
export function emptyHeadings(lines: readonly ArrangedBlock[]): readonly ArrangedBlock[] {
  const empty: ArrangedBlock[] = []
  /** Of each rank: whether words stand between here and where a heading of it would end. */
  const hasWords = new Map<number, boolean>()
  for (const line of lines.toReversed()) {
    if (line.kind !== 'heading') {
      if (!line.empty) for (const rank of RANKS) hasWords.set(rank, true)
      continue
    }
    if (line.depth > 1 && !line.empty && !hasWords.get(line.depth)) empty.push(line)
    for (const rank of RANKS) if (rank >= line.depth) hasWords.set(rank, false)
  }
  return empty.reverse()
}
