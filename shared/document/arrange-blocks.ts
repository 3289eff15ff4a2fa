// How a flat list of blocks reads: which lines belong together, how deep each stands, which number a clause has. Total: every list has a
// reading, so that no meeting of edits leaves a text that cannot be shown. Numbers are never stored: two people who insert a clause at
// once could not both be right.
import { type DocumentBlock, wordsOf } from './document-block.ts'
import { type BlockKind, MAX_DEPTH } from './document-grammar.ts'

export interface ArrangedBlock {
  /** The block, and those that carry its line on. */
  readonly blocks: readonly DocumentBlock[]
  readonly kind: BlockKind
  /** Of a heading its rank; else as deep as it may stand behind what is before it. */
  readonly depth: number
  /** Of a clause: [2, 1] for 2.1. */
  readonly number: readonly number[] | undefined
  readonly empty: boolean
}

export function arrangeBlocks(blocks: readonly DocumentBlock[]): readonly ArrangedBlock[] {
  const arranged: ArrangedBlock[] = []
  const counters: number[] = []
  let within = 0
  for (const chain of chainsOf(blocks)) {
    const [head] = chain
    if (!head) continue
    const empty = chain.every((block) => wordsOf(block).trim() === '')
    const place = placeOf(head, within)
    let number: readonly number[] | undefined
    if (place.kind === 'clause') {
      counters.length = place.depth
      counters[place.depth - 1] = (counters[place.depth - 1] ?? 0) + 1
      number = [...counters]
    }
    arranged.push({ blocks: chain, ...place, number, empty })
    // An empty line shows nothing, so it must not part a clause from what follows; an empty clause shows its number.
    if (place.kind === 'heading') within = empty ? within : 0
    else if (place.kind === 'clause' || !empty) within = place.depth
  }
  return arranged
}

/** The lines: a block, and those right behind it that name the one before them. */
function chainsOf(blocks: readonly DocumentBlock[]): readonly (readonly DocumentBlock[])[] {
  const chains: DocumentBlock[][] = []
  let before: DocumentBlock | undefined
  for (const block of blocks) {
    const chain = chains.at(-1)
    if (chain && before && block.continues === before.id) chain.push(block)
    else chains.push([block])
    before = block
  }
  return chains
}

function placeOf({ kind, depth }: DocumentBlock, within: number): { readonly kind: BlockKind; readonly depth: number } {
  switch (kind) {
    case 'heading':
      return { kind, depth: Math.min(Math.max(depth, 1), 3) }
    case 'clause':
      return { kind, depth: Math.min(Math.max(depth, 1), within + 1, MAX_DEPTH) }
    case 'paragraph':
      return { kind, depth: Math.min(depth, within) }
    case 'item':
      // A point belongs to a clause; outside of them it is a line like others.
      return within === 0 ? { kind: 'paragraph', depth: 0 } : { kind, depth: Math.min(Math.max(depth, 1), within) }
  }
}
