// Backspace at the beginning, Delete at the end. Lines are joined by an attribute: no words move, so none that others type there
// meanwhile is lost; and over the joint both keys take letters as within a word.
import { type Command, Selection, type Transaction } from '@tiptap/pm/state'
import { caretAt, type NewId, setBlock } from './block-changes.ts'
import { leadOut } from './clause-commands.ts'
import { type Caret, caretIn, endOf, headOf, type Line, lastOf, type Piece, startOf } from './lines.ts'
import { isAtEnd, isAtStart } from './split-line.ts'

export function backspaceAtStart(newId: NewId): Command {
  return (state, dispatch, view) => {
    const caret = caretIn(state)
    if (!caret || caret.offset > 0) return false
    const { lines, index, line } = caret
    if (!isAtStart(caret)) return takeLetter(state.tr, lettersBefore(caret), dispatch)
    if (line.kind === 'clause' || line.kind === 'item' || (line.kind === 'heading' && !line.empty)) return leadOut(state, dispatch, view)
    const before = lines[index - 1]
    if (!before) {
      if (line.empty && lines.length > 1) dispatch?.(without(state.tr, line))
    } else if (isVoid(line)) dispatch?.(without(state.tr, line, -1))
    else if (isVoid(before)) dispatch?.(without(state.tr, before))
    else dispatch?.(joined(state.tr, before, line, newId))
    return true
  }
}

export function deleteAtEnd(newId: NewId): Command {
  return (state, dispatch) => {
    const caret = caretIn(state)
    if (!caret || caret.offset < (caret.line.pieces[caret.piece]?.node.content.size ?? 0)) return false
    if (!isAtEnd(caret)) return takeLetter(state.tr, lettersAfter(caret), dispatch)
    const { lines, index, line } = caret
    const next = lines[index + 1]
    if (!next) return true
    if (isVoid(line)) dispatch?.(without(state.tr, line, 1))
    else if (isVoid(next)) dispatch?.(without(state.tr, next))
    else dispatch?.(joined(state.tr, line, next, newId))
    return true
  }
}

/** Spaces are words that somebody may still be about to go on from. */
function isVoid({ pieces }: Line): boolean {
  return pieces.every(({ node }) => node.content.size === 0)
}

function joined(tr: Transaction, before: Line, line: Line, newId: NewId): Transaction {
  const last = lastOf(before)
  const id = String(last.node.attrs.id) || newId()
  setBlock(tr, last, { id })
  setBlock(tr, headOf(line), { continues: id })
  return tr.scrollIntoView()
}

/** `towards`: to which side the caret goes when it stood in the line. */
function without(tr: Transaction, line: Line, towards?: -1 | 1): Transaction {
  const at = startOf(line)
  tr.delete(at, endOf(line))
  if (towards) tr.setSelection(Selection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size)), towards))
  return tr.scrollIntoView()
}

function takeLetter(tr: Transaction, range: { from: number; to: number } | undefined, dispatch?: (tr: Transaction) => void): boolean {
  if (!range) return false
  dispatch?.(caretAt(tr.delete(range.from, range.to), range.from))
  return true
}

function lettersBefore({ line, piece }: Caret) {
  const from = line.pieces.slice(0, piece).findLast(hasLetters)
  const last = from && graphemes(from).at(-1)
  const end = from && from.pos + from.node.nodeSize - 1
  return last && end !== undefined ? { from: end - last.length, to: end } : undefined
}

function lettersAfter({ line, piece }: Caret) {
  const from = line.pieces.slice(piece + 1).find(hasLetters)
  const first = from && graphemes(from)[0]
  return from && first ? { from: from.pos + 1, to: from.pos + 1 + first.length } : undefined
}

function hasLetters({ node }: Piece): boolean {
  return node.content.size > 0
}

/** What a reader sees as one letter can be several characters. */
function graphemes({ node }: Piece): readonly string[] {
  return [...new Intl.Segmenter().segment(node.textContent)].map(({ segment }) => segment)
}
