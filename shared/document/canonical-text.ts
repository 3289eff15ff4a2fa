// From a document's blocks to the canonical text: the words that people sign, the same for browser and server.
// Signers' browsers make it from their own copy of the draft, so nothing here may depend on engine, time or place.
import { type ArrangedBlock, arrangeBlocks } from './arrange-blocks.ts'
import type { DocumentBlock } from './document-block.ts'
import { type Block, clauseNumber, renderBlocks } from './text/blocks.ts'
import type { Place, TextFault } from './text/faults.ts'
import { cleanLines, findCharacters } from './text/inline.ts'

export const MAX_BLOCKS = 20_000
/** About fifty pages; drawing them takes a server somewhat over a second. */
export const MAX_TEXT_UNITS = 120_000
/** Characters without a space: breaking a longer "word" into lines costs its square. */
export const MAX_WORD_UNITS = 300
const MAX_FAULTS = 100

type CanonicalText =
  | { readonly ok: true; readonly text: string; readonly blocks: readonly Block[] }
  | { readonly ok: false; readonly faults: readonly TextFault[] }

export function canonicalText(document: readonly DocumentBlock[]): CanonicalText {
  const reading = new Reading()
  reading.document(document)
  if (reading.faults.length > 0) return { ok: false, faults: reading.faults.slice(0, MAX_FAULTS) }
  if (reading.blocks.length === 0) return { ok: false, faults: [{ fault: 'empty-document' }] }
  return { ok: true, text: renderBlocks(reading.blocks), blocks: reading.blocks }
}

/** One walk over one document: collects blocks and faults. */
class Reading {
  readonly blocks: Block[] = []
  readonly faults: TextFault[] = []
  /** The clause being read; for naming faults. */
  #clauseAt: readonly number[] = []
  #units = 0
  #full = false

  document(document: readonly DocumentBlock[]): void {
    if (document.length > MAX_BLOCKS) {
      this.#stop({ fault: 'too-long', limit: MAX_BLOCKS, ...this.#place() })
      return
    }
    for (const arranged of arrangeBlocks(document)) {
      if (this.#full) return
      if (arranged.depth === 0 || arranged.kind === 'heading') this.#clauseAt = []
      if (arranged.number) this.#clauseAt = arranged.number
      this.#block(arranged)
    }
  }

  #block({ blocks, kind, depth, number }: ArrangedBlock): void {
    const lines = this.#lines(blocks)
    if (number) {
      if (lines.length === 0) this.#fault({ fault: 'empty-clause', ...this.#place() })
      else this.blocks.push({ kind: 'clause', number, lines })
    } else if (lines.length > 0) {
      if (kind === 'heading') this.blocks.push({ kind, level: rankOf(depth), lines })
      else this.blocks.push({ kind: kind === 'item' ? 'item' : 'paragraph', depth, lines })
    }
  }

  #lines(blocks: readonly DocumentBlock[]): string[] {
    const words = blocks.flatMap(({ runs }) => runs.map(({ text }) => text)).join('')
    this.#units += words.length
    if (this.#units > MAX_TEXT_UNITS) {
      this.#stop({ fault: 'too-long', limit: MAX_TEXT_UNITS, ...this.#place() })
      return []
    }
    const lines = cleanLines(words)
    for (const line of lines) {
      const word = longWord(line)
      if (word !== undefined) this.#fault({ fault: 'too-long', limit: MAX_WORD_UNITS, ...this.#place(word.slice(0, 40)) })
      for (const { near, ...found } of findCharacters(line)) this.#fault({ fault: 'character', ...found, ...this.#place(near) })
    }
    return lines
  }

  #place(near = ''): Place {
    const last = this.blocks.at(-1)?.lines.at(-1) ?? ''
    return { clause: this.#clauseAt.length > 0 ? clauseNumber(this.#clauseAt) : undefined, near: near || last.slice(-30) }
  }

  #fault(fault: TextFault): void {
    if (this.#full) return
    this.faults.push(fault)
    if (this.faults.length >= MAX_FAULTS - 1) this.#stop({ fault: 'too-many-faults' })
  }

  #stop(fault: TextFault): void {
    if (this.#full) return
    this.faults.push(fault)
    this.#full = true
  }
}

function longWord(line: string): string | undefined {
  return line.length > MAX_WORD_UNITS ? line.split(' ').find((word) => word.length > MAX_WORD_UNITS) : undefined
}

function rankOf(depth: number): 1 | 2 | 3 {
  return depth === 1 || depth === 3 ? depth : 2
}
