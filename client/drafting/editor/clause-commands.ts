// What Enter, Tab and the toolbar do with clauses. Each is an ordinary ProseMirror command: it answers whether it applies.
import { Fragment, type Node } from '@tiptap/pm/model'
import { type Command, TextSelection } from '@tiptap/pm/state'
import { type ClauseAt, clauseAt, isEmptyClause, levelOf, mayNest } from './clause-tree.ts'

/** Enter in a clause's own words: a new clause after it, or, where it has parts, a first sub-clause; in an empty one, one level up. */
export const splitClause: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection
  const clause = clauseAt($from)
  if (!clause || !empty || $from.depth !== clause.depth + 1 || $from.index(clause.depth) !== 0) return false
  if (isEmptyClause(clause.node)) return raiseClause(state, dispatch, view)
  if (clause.node.childCount > 1) return openSubclause(clause)(state, dispatch, view)
  if (dispatch) {
    const tr = state.tr.split($from.pos, 2)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, $from.pos + 4)).scrollIntoView())
  }
  return true
}

function openSubclause({ node, pos }: ClauseAt): Command {
  return (state, dispatch) => {
    const { $from } = state.selection
    const words = node.firstChild
    if (!words || !mayNest(levelOf($from, { node, pos, depth: $from.depth - 1 }), state.schema.nodes.clause?.createAndFill() ?? node))
      return false
    if (dispatch) {
      const rest = words.cut($from.parentOffset)
      const made = state.schema.nodes.clause?.create(null, rest)
      if (!made) return false
      const end = pos + 1 + words.nodeSize
      const tr = state.tr.delete($from.pos, end - 1)
      const at = tr.mapping.map(end)
      tr.insert(at, made)
      dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView())
    }
    return true
  }
}

/** Tab: becomes a sub-clause of the clause before it. */
export const lowerClause: Command = (state, dispatch) => {
  const { $from } = state.selection
  const clause = clauseAt($from)
  if (!clause) return false
  const parent = $from.node(clause.depth - 1)
  const before = parent.maybeChild($from.index(clause.depth - 1) - 1)
  if (before?.type.name !== 'clause' || !mayNest(levelOf($from, clause), clause.node)) return false
  if (dispatch) {
    const offset = $from.pos - clause.pos
    const tr = state.tr.delete(clause.pos, clause.pos + clause.node.nodeSize).insert(clause.pos - 1, clause.node)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, clause.pos - 1 + offset)).scrollIntoView())
  }
  return true
}

/** Shift+Tab, and Enter in an empty one: a sub-clause moves up a level, a clause becomes a plain paragraph. */
export const raiseClause: Command = (state, dispatch) => {
  const { $from } = state.selection
  const clause = clauseAt($from)
  if (!clause) return false
  const level = levelOf($from, clause)
  if (level === 1) return unwrap(clause)(state, dispatch)
  const parent = $from.node(clause.depth - 1)
  const parentPos = $from.before(clause.depth - 1)
  const index = $from.index(clause.depth - 1)
  const following: Node[] = []
  parent.forEach((child, _offset, at) => {
    if (at > index) following.push(child)
  })
  // What follows stays below: it becomes part of the raised clause, so that nothing changes its order.
  if (following.some((child) => child.type.name !== 'clause')) return false
  if (dispatch) {
    const raised = clause.node.copy(clause.node.content.append(Fragment.from(following)))
    const rest = parent.copy(parent.content.cut(0, clause.pos - parentPos - 1))
    const tr = state.tr.replaceWith(parentPos, parentPos + parent.nodeSize, [rest, raised])
    const at = parentPos + rest.nodeSize + ($from.pos - clause.pos)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at)).scrollIntoView())
  }
  return true
}

function unwrap({ node, pos }: ClauseAt): Command {
  return (state, dispatch) => {
    const { bulletList } = state.schema.nodes
    if (node.content.content.some((child) => child.type === bulletList)) return false
    if (dispatch) {
      const offset = state.selection.from - pos
      const tr = state.tr.replaceWith(pos, pos + node.nodeSize, node.content)
      dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + offset - 1)).scrollIntoView())
    }
    return true
  }
}

/** Backspace at the very beginning of a clause. */
export const backspaceAtStart: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection
  const clause = clauseAt($from)
  if (!clause || !empty || $from.parentOffset !== 0 || $from.depth !== clause.depth + 1 || $from.index(clause.depth) !== 0) return false
  return raiseClause(state, dispatch, view)
}

/** The toolbar: a new clause after the one around the cursor, or the paragraph or heading made into one. */
export const addClause: Command = (state, dispatch) => {
  const { $from } = state.selection
  const { clause } = state.schema.nodes
  const around = clauseAt($from)
  if (!clause) return false
  if (!around && $from.depth === 1 && $from.parent.type.name === 'paragraph') {
    if (dispatch) {
      const pos = $from.before(1)
      const tr = state.tr.replaceWith(pos, $from.after(1), clause.create(null, $from.parent))
      dispatch(tr.setSelection(TextSelection.create(tr.doc, $from.pos + 1)).scrollIntoView())
    }
    return true
  }
  const after = around ? around.pos + around.node.nodeSize : $from.after(1)
  const made = clause.createAndFill()
  if (!made) return false
  if (dispatch) {
    const tr = state.tr.insert(after, made)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 2)).scrollIntoView())
  }
  return true
}

/** The toolbar: a new sub-clause at the end of the clause around the cursor. */
export const addSubclause: Command = (state, dispatch) => {
  const { $from } = state.selection
  const around = clauseAt($from)
  const made = state.schema.nodes.clause?.createAndFill()
  if (!around || !made || !mayNest(levelOf($from, around), made)) return false
  if (dispatch) {
    const at = around.pos + around.node.nodeSize - 1
    const tr = state.tr.insert(at, made)
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView())
  }
  return true
}

/** The toolbar: heading and back, outside clauses. */
export const toggleHeading: Command = (state, dispatch) => {
  const { $from } = state.selection
  const { heading, paragraph } = state.schema.nodes
  if ($from.depth !== 1 || !heading || !paragraph) return false
  const plain = $from.parent.type !== heading
  if (dispatch) {
    const tr = plain
      ? state.tr.setNodeMarkup($from.before(1), heading, { level: 2 })
      : state.tr.setNodeMarkup($from.before(1), paragraph, {})
    dispatch(tr.scrollIntoView())
  }
  return true
}
