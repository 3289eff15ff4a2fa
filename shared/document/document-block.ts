// A block of a shared text, as everybody reads it.
import type { BlockKind, Duty, Mark } from './document-grammar.ts'

/** Letters that look alike. Hard breaks are line feeds among them. */
export interface Run {
  readonly text: string
  readonly marks: readonly Mark[]
}

export interface DocumentBlock {
  /** The same in every language of one document; unique in one list, unless somebody's client has doubled it. */
  readonly id: string
  readonly kind: BlockKind
  /** Of a heading its rank, 1 to 3; of a clause its level, from 1; of others the level of the clause that they belong to, 0 for none. */
  readonly depth: number
  /** The duty of art. 27(2) that it serves. */
  readonly part: Duty | undefined
  /** The id of the block right before it whose line it carries on. Ignored where another one stands there. */
  readonly continues: string | undefined
  readonly runs: readonly Run[]
}

export function wordsOf({ runs }: Pick<DocumentBlock, 'runs'>): string {
  return runs.map(({ text }) => text).join('')
}

/** A block with no more said than it needs; for templates, conversion and tests. */
export function block(
  id: string,
  kind: BlockKind,
  depth: number,
  text = '',
  more: Partial<Pick<DocumentBlock, 'part' | 'continues'>> = {},
): DocumentBlock {
  return { id, kind, depth, part: more.part, continues: more.continues, runs: text === '' ? [] : [{ text, marks: [] }] }
}
