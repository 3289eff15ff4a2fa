// The lines of the text as the editor holds it: what a reader sees, each made of one block or of several that carry it on, and where the
// caret stands among them.
import type { Node } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import { type ArrangedBlock, arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { blocksOf } from '#shared/document/binding/block-node.ts'

export interface Piece {
  readonly node: Node
  /** Before the block. */
  readonly pos: number
}

export interface Line extends Omit<ArrangedBlock, 'blocks'> {
  readonly pieces: readonly [Piece, ...Piece[]]
}

export interface Caret {
  readonly lines: readonly Line[]
  /** Of the line among the lines. */
  readonly index: number
  readonly line: Line
  /** Of the block in the line. */
  readonly piece: number
  readonly offset: number
}

const known = new WeakMap<Node, readonly Line[]>()

export function linesOf(doc: Node): readonly Line[] {
  const before = known.get(doc)
  if (before) return before
  const lines: Line[] = []
  let [at, pos] = [0, 0]
  for (const { blocks, ...shown } of arrangeBlocks(blocksOf(doc))) {
    const pieces = blocks.flatMap(() => {
      const node = doc.maybeChild(at++)
      if (!node) return []
      pos += node.nodeSize
      return [{ node, pos: pos - node.nodeSize }]
    })
    const [head, ...rest] = pieces
    if (head) lines.push({ ...shown, pieces: [head, ...rest] })
  }
  known.set(doc, lines)
  return lines
}

/** Undefined where something is selected, or where no line is. */
export function caretIn({ doc, selection }: EditorState): Caret | undefined {
  return selection.empty ? placeIn(doc, selection.from) : undefined
}

/** Where the selection ends: what the toolbar speaks of. */
export function headIn({ doc, selection }: EditorState): Caret | undefined {
  return placeIn(doc, selection.head)
}

export function placeIn(doc: Node, at: number): Caret | undefined {
  const lines = linesOf(doc)
  const $at = doc.resolve(at)
  if ($at.depth === 0) return undefined
  const pos = $at.before(1)
  for (const [index, line] of lines.entries()) {
    const piece = line.pieces.findIndex((each) => each.pos === pos)
    if (piece >= 0) return { lines, index, line, piece, offset: $at.parentOffset }
  }
  return undefined
}

export function headOf({ pieces }: Line): Piece {
  return pieces[0]
}

export function lastOf({ pieces }: Line): Piece {
  return pieces.at(-1) ?? pieces[0]
}

export function startOf(line: Line): number {
  return headOf(line).pos
}

/** Behind the line. */
export function endOf(line: Line): number {
  const last = lastOf(line)
  return last.pos + last.node.nodeSize
}

/** Behind all that belongs to a clause: what follows it and stands deeper. An empty line belongs to it only where something behind does. */
export function endOfClause(lines: readonly Line[], index: number): number {
  const depth = lines[index]?.depth ?? 0
  let end = index + 1
  for (let at = end; at < lines.length; at++) {
    const line = lines[at]
    if (!line || line.kind === 'heading') break
    const inside = line.kind === 'clause' ? line.depth > depth : line.depth >= depth
    if (inside) end = at + 1
    else if (!line.empty || line.kind === 'clause') break
  }
  return end
}

/** The line of the clause that a line belongs to, or is. */
export function clauseAround(lines: readonly Line[], index: number): number | undefined {
  const line = lines[index]
  if (!line || line.kind === 'heading') return undefined
  if (line.kind === 'clause') return index
  for (let at = index - 1; at >= 0 && line.depth > 0; at--) {
    const before = lines[at]
    if (before?.kind === 'heading' && !before.empty) return undefined
    if (before?.kind === 'clause' && before.depth === line.depth) return at
  }
  return undefined
}
