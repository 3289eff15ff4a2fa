// The small changes that commands are made of. Structure is in the attributes: no change here moves a letter.
import type { Node } from '@tiptap/pm/model'
import { type Command, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { BlockKind, Duty } from '#shared/document/document-grammar.ts'
import { headOf, type Line, type Piece } from './lines.ts'

export interface BlockAttributes {
  readonly id: string
  readonly kind: BlockKind
  readonly depth: number
  readonly part: Duty | null
  readonly continues: string | null
}

export type NewId = () => string

/** A step for each attribute that changes; places do not move. */
export function setBlock(tr: Transaction, { node, pos }: Piece, attributes: Partial<BlockAttributes>): void {
  for (const [name, value] of Object.entries(attributes)) if (node.attrs[name] !== value) tr.setNodeAttribute(pos, name, value)
}

/** What a block has that stands in a line: of the line, since of those that carry it on nobody sees their own. */
export function placeOf(line: Line): Pick<BlockAttributes, 'kind' | 'depth' | 'part'> {
  return { kind: line.kind, depth: line.depth, part: (headOf(line).node.attrs.part as Duty | null) ?? null }
}

export function newBlock({ type }: Node, attributes: BlockAttributes): Node {
  return type.create({ ...attributes })
}

export function caretAt(tr: Transaction, pos: number): Transaction {
  return tr.setSelection(TextSelection.create(tr.doc, pos)).scrollIntoView()
}

/** Where something is selected, it is deleted first. */
export function atCaret(command: Command): Command {
  return (state, dispatch, view) => {
    if (state.selection.empty) return command(state, dispatch, view)
    if (!dispatch || !view) return true
    view.dispatch(state.tr.deleteSelection())
    const { doc, tr, selection } = view.state
    if (!selection.empty) view.dispatch(tr.setSelection(Selection.near(doc.resolve(selection.from))))
    return command(view.state, view.dispatch, view)
  }
}
