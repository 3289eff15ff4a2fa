// What Tab and the toolbar do with clauses: a clause moves with everything that belongs to it, and nothing but attributes changes.
import type { Command, EditorState, Transaction } from '@tiptap/pm/state'
import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { blockOf } from '#shared/document/binding/block-node.ts'
import { type BlockAttributes, caretAt, type NewId, newBlock, placeOf, setBlock } from './block-changes.ts'
import { clauseAround, endOf, endOfClause, headIn, headOf, type Line } from './lines.ts'

/** Deeper ones can be shown and signed, if they came from elsewhere. */
export const DEEPEST = 4

/** Tab: becomes a sub-clause of the clause before it. */
export const lowerClause: Command = (state, dispatch) => {
  const found = clauseOf(state)
  if (!found || !mayGoDeeper(found)) return false
  dispatch?.(shift(state.tr, found, 1).scrollIntoView())
  return true
}

/** Shift+Tab: a sub-clause moves up a level. */
export const raiseClause: Command = (state, dispatch) => {
  const found = clauseOf(state)
  if (!found || found.clause.depth < 2) return false
  dispatch?.(shift(state.tr, found, -1).scrollIntoView())
  return true
}

/** Out of its numbers: a sub-clause moves up a level, a clause becomes a plain paragraph, a point a paragraph of its clause. */
export const leadOut: Command = (state, dispatch) => {
  const caret = headIn(state)
  if (!caret || caret.line.kind === 'paragraph') return false
  const { tr } = state
  if (caret.line.kind === 'heading') setBlock(tr, headOf(caret.line), { kind: 'paragraph', depth: 0 })
  else if (caret.line.kind === 'item') setBlock(tr, headOf(caret.line), { kind: 'paragraph', depth: caret.line.depth })
  else {
    const found = clauseFrom(caret.lines, caret.index)
    if (!found) return false
    shift(tr, found, -1)
    if (found.clause.depth === 1) setBlock(tr, headOf(found.clause), { kind: 'paragraph', depth: 0 })
  }
  dispatch?.(tr.scrollIntoView())
  return true
}

/** The toolbar: a new clause after the one around the cursor, or the paragraph made into one. */
export function addClause(newId: NewId): Command {
  return (state, dispatch) => {
    const caret = headIn(state)
    if (!caret) return false
    const { lines, index, line } = caret
    const around = clauseFrom(lines, index)
    if (!around && line.kind === 'paragraph') {
      if (dispatch) {
        const { tr } = state
        setBlock(tr, headOf(line), { kind: 'clause', depth: 1 })
        dispatch(tr.scrollIntoView())
      }
      return true
    }
    const place = around ? placeOf(around.clause) : { kind: 'clause' as const, depth: 1, part: null }
    return insertLine(state, dispatch, around?.all.at(-1) ?? line, { ...place, id: newId(), continues: null })
  }
}

/** The toolbar: a new sub-clause at the end of the clause around the cursor. */
export function addSubclause(newId: NewId): Command {
  return (state, dispatch) => {
    const found = clauseOf(state)
    if (!found || found.clause.depth >= DEEPEST) return false
    const { part, depth } = placeOf(found.clause)
    const last = found.all.at(-1) ?? found.clause
    return insertLine(state, dispatch, last, { kind: 'clause', depth: depth + 1, part, id: newId(), continues: null })
  }
}

/** The toolbar: heading and back, outside clauses. */
export const toggleHeading: Command = (state, dispatch) => {
  const line = headIn(state)?.line
  if (!line || (line.kind !== 'heading' && (line.kind !== 'paragraph' || line.depth > 0))) return false
  const { tr } = state
  setBlock(tr, headOf(line), line.kind === 'heading' ? { kind: 'paragraph', depth: 0 } : { kind: 'heading', depth: 2 })
  dispatch?.(tr.scrollIntoView())
  return true
}

export interface Clause {
  readonly lines: readonly Line[]
  readonly clause: Line
  readonly index: number
  /** The clause and what belongs to it. */
  readonly all: readonly Line[]
}

export function clauseOf(state: EditorState): Clause | undefined {
  const caret = headIn(state)
  return caret && clauseFrom(caret.lines, caret.index)
}

function clauseFrom(lines: readonly Line[], at: number): Clause | undefined {
  const index = clauseAround(lines, at)
  const clause = index === undefined ? undefined : lines[index]
  if (index === undefined || !clause) return undefined
  return { lines, clause, index, all: lines.slice(index, endOfClause(lines, index)) }
}

function shift(tr: Transaction, { clause, all }: Clause, by: 1 | -1): Transaction {
  const lowest = clause.depth + by
  for (const line of all) {
    const floor = line.kind === 'clause' ? Math.max(1, lowest) : 0
    const depth = line.empty && line.depth < clause.depth ? line.depth : Math.max(floor, line.depth + by)
    setBlock(tr, headOf(line), { depth })
  }
  return tr
}

/** Not deeper than one below the clause before it; the reading of the whole list says whether it is. */
function mayGoDeeper({ lines, clause, all, index }: Clause): boolean {
  const deepest = Math.max(...all.map(({ kind, depth }) => (kind === 'clause' ? depth : 0)))
  if (deepest >= DEEPEST) return false
  const before = lines.slice(0, index).flatMap(({ pieces }) => pieces.map(({ node }) => blockOf(node)))
  const lowered = { ...blockOf(headOf(clause).node), depth: clause.depth + 1 }
  return arrangeBlocks([...before, lowered]).at(-1)?.depth === clause.depth + 1
}

function insertLine(state: EditorState, dispatch: ((tr: Transaction) => void) | undefined, after: Line, attributes: BlockAttributes): true {
  if (dispatch) {
    const at = endOf(after)
    dispatch(caretAt(state.tr.insert(at, newBlock(headOf(after).node, attributes)), at + 1))
  }
  return true
}
