// A clause up or down, with all that belongs to it, past one neighbour. What is moved keeps its ids: where somebody types in it
// meanwhile, their device brings those words after it.
import type { Command, EditorState } from '@tiptap/pm/state'
import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { blockOf } from '#shared/document/binding/block-node.ts'
import { caretAt, setBlock } from './block-changes.ts'
import { type Clause, clauseOf } from './clause-commands.ts'
import { endOf, endOfClause, headOf, type Line, startOf } from './lines.ts'

export const moveClauseUp: Command = (state, dispatch) => {
  const found = clauseOf(state)
  const past = found && neighbourBefore(found)
  return found && past ? swap(state, dispatch, found, past) : false
}

export const moveClauseDown: Command = (state, dispatch) => {
  const found = clauseOf(state)
  const past = found && neighbourAfter(found)
  return found && past ? swap(state, dispatch, found, past) : false
}

function neighbourBefore({ lines, clause, index }: Clause): readonly Line[] | undefined {
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at]
    if (!line) break
    const inside = line.kind !== 'heading' && (line.kind === 'clause' ? line.depth > clause.depth : line.depth >= clause.depth)
    if (inside || (line.empty && line.kind !== 'clause' && at > 0)) continue
    // its parent comes first
    return line.kind === 'clause' && line.depth < clause.depth ? undefined : lines.slice(at, index)
  }
  return index > 0 ? lines.slice(0, index) : undefined
}

function neighbourAfter({ lines, clause, index, all }: Clause): readonly Line[] | undefined {
  const at = index + all.length
  const line = lines[at]
  if (!line) return undefined
  if (line.kind !== 'clause') return [line]
  return line.depth < clause.depth ? undefined : lines.slice(at, endOfClause(lines, at))
}

function swap(
  { tr, selection }: EditorState,
  dispatch: Parameters<Command>[1],
  { lines, all: moved, index }: Clause,
  past: readonly Line[],
): boolean {
  const up = (past[0] && lines.indexOf(past[0]) < index) ?? false
  const start = up ? index - past.length : index
  const after = lines[start + past.length + moved.length]
  const [upper, lower] = [lines.slice(start, index + (up ? 0 : moved.length)), up ? moved : past]
  const [first, last, head] = [upper[0], lower.at(-1), lower[0]]
  if (!first || !last || !head || !keepsItsDepth(up ? lines.slice(0, start) : [...lines.slice(0, start), ...past], moved[0])) return false
  if (!dispatch) return true
  // What they once carried on stands elsewhere: a new neighbour must not be joined by accident.
  for (const each of [first, head, after]) if (each) setBlock(tr, headOf(each), { continues: null })
  const [from, middle, to] = [startOf(first), startOf(head), endOf(last)]
  const [cut, until] = up ? [middle, to] : [from, middle]
  const { content } = tr.doc.slice(cut, until)
  const target = up ? from : to - (until - cut)
  tr.delete(cut, until).insert(target, content)
  dispatch(caretAt(tr, target + selection.head - cut))
  return true
}

function keepsItsDepth(ahead: readonly Line[], moved: Line | undefined): boolean {
  if (!moved) return false
  const blocks = [...ahead, moved].flatMap(({ pieces }) => pieces.map(({ node }) => blockOf(node)))
  return arrangeBlocks(blocks).at(-1)?.depth === moved.depth
}
