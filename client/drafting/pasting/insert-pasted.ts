// Where pasted words come to stand: a lone piece among the letters at the caret, whole blocks between lines. What was selected goes; of
// the lines around it no letter moves, so that nothing that others type there meanwhile is lost.
import { Fragment, type Node } from '@tiptap/pm/model'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import { nodeOf, textNodes } from '#shared/document/binding/block-node.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { caretAt, type NewId, placeOf, setBlock } from '../editor/block-changes.ts'
import { DEEPEST } from '../editor/clause-commands.ts'
import { type Caret, endOf, headOf, type Piece, placeIn, startOf } from '../editor/lines.ts'
import { isAtEnd, isAtStart } from '../editor/split-line.ts'
import type { PastedBlock } from './pasted-blocks.ts'

/** Between blocks. */
interface Gap {
  readonly from: number
  readonly to: number
}

/** What the transaction has selected is replaced; the caret stands behind what was put in. */
export function insertPasted(tr: Transaction, pasted: readonly PastedBlock[], newId: NewId): Transaction {
  const { schema } = tr.doc.type
  const { $from, $to, empty } = TextSelection.between(tr.selection.$from, tr.selection.$to)
  const [only] = pasted
  const isWithin = $from.parent === $to.parent
  const isWhole = !isWithin && $from.parentOffset === 0 && $to.parentOffset === $to.parent.content.size
  if (isWithin) tr.delete($from.pos, $to.pos)
  if (pasted.length === 1 && only && !isWhole && standsInLine(only, placeIn(tr.doc, $from.pos))) {
    if (!isWithin) joinAround(tr, $from.pos, $to.pos)
    const letters = textNodes(schema, only.runs)
    tr.insert($from.pos, letters)
    return caretAt(tr, $from.pos + Fragment.from(letters).size)
  }
  const { from, to } = isWithin ? gapAt(tr, $from.pos, { divide: !empty, newId }) : gapBetween(tr, $from.pos, $to.pos)
  const nodes = blocksToInsert(pasted).map((block) => nodeOf(schema, { ...block, id: newId() }))
  tr.replaceWith(from, to, nodes)
  return caretAt(tr, from + Fragment.from(nodes).size - 1)
}

/** Without ids. Points belong to the clause before them; without one they are paragraphs, with their mark. */
export function blocksToInsert(pasted: readonly PastedBlock[]): readonly DocumentBlock[] {
  let within = 0
  return pasted.map(({ kind, level, runs, mark }) => {
    const shown = kind === 'item' && within === 0 ? 'paragraph' : kind
    if (kind === 'clause') within = Math.min(level, within + 1, DEEPEST)
    else if (shown !== 'item') within = 0
    const words = kind === 'item' && shown === 'paragraph' && mark !== '' ? [{ text: mark, marks: [] }, ...runs] : runs
    return { id: '', kind: shown, depth: shown === 'heading' ? 2 : within, part: undefined, continues: undefined, runs: words }
  })
}

/** One that was copied with its number is a clause; a heading or a point is one where nothing stands yet. */
function standsInLine({ kind, mark }: PastedBlock, caret: Caret | undefined): boolean {
  if (!caret || (kind === 'clause' && mark !== '')) return false
  return kind === 'paragraph' || !caret.line.empty || caret.line.kind !== 'paragraph'
}

/** In a line that is empty, in its place; in its middle only where words were selected there: else below it, whole sentences stay whole. */
function gapAt(tr: Transaction, pos: number, { divide, newId }: { divide: boolean; newId: NewId }): Gap {
  const caret = placeIn(tr.doc, pos)
  if (!caret) return { from: tr.doc.content.size, to: tr.doc.content.size }
  const { line, piece } = caret
  const [start, end] = [startOf(line), endOf(line)]
  if (line.pieces.every(({ node }) => node.content.size === 0)) return { from: start, to: end }
  if (isAtStart(caret)) return { from: start, to: start }
  const here = line.pieces[piece]
  if (!divide || isAtEnd(caret) || !here) return { from: end, to: end }
  const next = line.pieces[piece + 1]
  const id = newId()
  if (next) setBlock(tr, next, { continues: id })
  tr.split(pos, 1, [{ type: here.node.type, attrs: { ...here.node.attrs, ...placeOf(line), id, continues: null } }])
  return { from: pos + 1, to: pos + 1 }
}

/** Where several blocks are selected in part: behind what is left of the first, before what is left of the last. */
function gapBetween(tr: Transaction, from: number, to: number): Gap {
  const [first, last] = endsOf(tr, from, to)
  const { line } = last
  const next = line.pieces[last.piece + 1]
  const isGone = to === last.at.pos + 1 + last.at.node.content.size
  const heir = isGone ? next : last.at
  if (heir && heir !== headOf(line)) setBlock(tr, heir, { ...placeOf(line), continues: null })
  const behind = isGone ? last.at.pos + last.at.node.nodeSize : last.at.pos
  const head = isAtStart(first) ? startOf(first.line) : first.at.pos + first.at.node.nodeSize
  const taken = tr.mapping.maps.length
  takeLetters(tr, first.at, last.at, { from, to })
  const mapping = tr.mapping.slice(taken)
  return { from: mapping.map(head), to: mapping.map(behind) }
}

/** What is left of the last block is read in one line with what is left of the first. */
function joinAround(tr: Transaction, from: number, to: number): void {
  const [first, last] = endsOf(tr, from, to)
  const isGone = to === last.at.pos + 1 + last.at.node.content.size
  const heir = isGone ? last.line.pieces[last.piece + 1] : last.at
  const id = String(first.at.node.attrs.id)
  if (heir) setBlock(tr, heir, { continues: id })
  const taken = tr.mapping.maps.length
  takeLetters(tr, first.at, last.at, { from, to })
  const mapping = tr.mapping.slice(taken)
  const begin = mapping.map(first.at.pos + first.at.node.nodeSize)
  const end = mapping.map(isGone ? last.at.pos + last.at.node.nodeSize : last.at.pos)
  if (end > begin) tr.delete(begin, end)
}

function takeLetters(tr: Transaction, first: Piece, last: Piece, { from, to }: Gap): void {
  if (to > last.pos + 1) tr.delete(last.pos + 1, to)
  const end = first.pos + 1 + first.node.content.size
  if (end > from) tr.delete(from, end)
}

interface End extends Caret {
  readonly at: Piece
}

function endsOf({ doc }: { doc: Node }, from: number, to: number): readonly [End, End] {
  const ends = [from, to].map((pos) => {
    const caret = placeIn(doc, pos)
    const at = caret?.line.pieces[caret.piece]
    if (!caret || !at) throw new RangeError('a selection of text ends in blocks')
    return { ...caret, at }
  })
  const [first, last] = ends
  if (!first || !last) throw new RangeError('a selection has two ends')
  return [first, last]
}
