// What a signer is shown of a text that was mended after their signature or their no (I4, I20): block by block, nothing hidden, nothing guessed.
import { type Block, parseBlocks, renderBlocks } from '#shared/document/text/blocks.ts'

export type Change = { readonly kind: 'kept' | 'added' | 'removed'; readonly block: Block }

/** Longest common run of blocks; a block that differs in anything is removed and added. */
export function changesBetween(before: readonly Block[], after: readonly Block[]): readonly Change[] {
  const [old, now] = [before.map(wordsOf), after.map(wordsOf)]
  const longest = lengths(old, now)
  const changes: Change[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [from, to] = [before[i], after[j]]
    if (from && to && old[i] === now[j]) {
      changes.push({ kind: 'kept', block: to })
      i++
      j++
    } else if (from && (!to || at(longest, i + 1, j) >= at(longest, i, j + 1))) {
      changes.push({ kind: 'removed', block: from })
      i++
    } else if (to) {
      changes.push({ kind: 'added', block: to })
      j++
    }
  }
  return changes
}

export function changedOnly(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ kind }) => kind !== 'kept')
}

/** A clause that only moved to another number is the same words. */
function wordsOf(block: Block): string {
  return block.kind === 'clause' ? `${block.number.length} ${block.lines.join('\n')}` : renderBlocks([block])
}

function lengths(old: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const row = table[i]
      if (row) row[j] = old[i] === now[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  }
  return table
}

function at(table: readonly (readonly number[])[], i: number, j: number): number {
  return table[i]?.[j] ?? 0
}

export function blocksOf(text: string): readonly Block[] {
  return parseBlocks(text) ?? []
}
