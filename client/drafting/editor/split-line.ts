// Enter. What others type into a block meanwhile stays in it: only the words behind the caret move.
import type { Command } from '@tiptap/pm/state'
import { atCaret, caretAt, type NewId, newBlock, placeOf, setBlock } from './block-changes.ts'
import { DEEPEST, leadOut } from './clause-commands.ts'
import { type Caret, caretIn, endOfClause, headOf, startOf } from './lines.ts'

/**
 * At the beginning of a line a new one before it, which leaves the line's own block with its words; where two blocks have been joined,
 * apart again; elsewhere the tail alone moves to a new block. An empty clause or point leads out instead.
 */
export function splitLine(newId: NewId): Command {
  return atCaret((state, dispatch, view) => {
    const caret = caretIn(state)
    if (!caret) return false
    const { line, piece, offset } = caret
    if (line.empty && (line.kind === 'clause' || line.kind === 'item')) return leadOut(state, dispatch, view)
    if (!dispatch) return true
    const { tr } = state
    const here = line.pieces[piece] ?? headOf(line)
    const joint = jointAt(caret)
    if (!line.empty && isAtStart(caret)) {
      const before = newBlock(here.node, { ...placeOf(line), id: newId(), continues: null })
      dispatch(tr.insert(startOf(line), before).scrollIntoView())
    } else if (joint) {
      setBlock(tr, joint, { ...placeAfter(caret), continues: null })
      dispatch(caretAt(tr, joint.pos + 1))
    } else {
      const id = newId()
      const next = line.pieces[piece + 1]
      if (next) setBlock(tr, next, { continues: id })
      const at = here.pos + 1 + offset
      tr.split(at, 1, [{ type: here.node.type, attrs: { ...placeAfter(caret), id, continues: null } }])
      dispatch(caretAt(tr, at + 2))
    }
    return true
  })
}

export function isAtStart({ line, piece, offset }: Caret): boolean {
  return offset === 0 && line.pieces.slice(0, piece).every(({ node }) => node.content.size === 0)
}

export function isAtEnd({ line, piece, offset }: Caret): boolean {
  const here = line.pieces[piece]
  return offset === here?.node.content.size && line.pieces.slice(piece + 1).every(({ node }) => node.content.size === 0)
}

/** The block that carries the line on from right where the caret stands. */
function jointAt({ line, piece, offset }: Caret) {
  if (offset === 0 && piece > 0) return line.pieces[piece]
  return offset === line.pieces[piece]?.node.content.size ? line.pieces[piece + 1] : undefined
}

/** What the new line is: the same again; after a heading words; in a clause that has parts, its first part. */
function placeAfter(caret: Caret) {
  const { lines, index, line } = caret
  const place = placeOf(line)
  if (line.kind === 'heading' && isAtEnd(caret)) return { ...place, kind: 'paragraph' as const, depth: 0 }
  if (line.kind !== 'clause' || endOfClause(lines, index) === index + 1) return place
  return line.depth < DEEPEST ? { ...place, depth: line.depth + 1 } : { ...place, kind: 'paragraph' as const }
}
