// What came into the shared document from elsewhere, as steps of the editor: letter by letter, so that the caret stays between the
// letters it stood between.
import type { Node } from '@tiptap/pm/model'
import { Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { MARKS, type Mark } from '../document-grammar.ts'
import { blockElements, isBlock, readBlock } from '../yjs-document.ts'
import { editorMarks, nodeOf, textNodes } from './block-node.ts'

interface Heard {
  readonly fragment: Y.XmlFragment
  readonly events: readonly Y.YEvent<Y.XmlElement | Y.XmlText | Y.XmlFragment>[]
  /** The element of each block that the transaction's document shows. */
  readonly elements: readonly Y.XmlElement[]
}

/** Adds steps to the transaction. Answers the elements of the blocks that its document shows then. */
export function readChanges(tr: Transaction, { fragment, events, elements }: Heard): readonly Y.XmlElement[] {
  const { anchor, head } = tr.selection
  const before = tr.mapping.maps.length
  const listChanged = events.some(({ target }) => target === fragment)
  const now = listChanged ? blockElements(fragment) : elements
  const changed = changedBlocks(events)
  placeBlocks(tr, elements, now)
  let pos = 0
  for (const element of now) {
    const texts = changed.get(element)
    if (texts) readBlockChanges(tr, pos, element, texts)
    pos += tr.doc.nodeAt(pos)?.nodeSize ?? 0
  }
  const mapping = tr.mapping.slice(before)
  // What others write right at the caret does not push it: what is typed next goes on from one's own last letter.
  if (mapping.maps.length > 0) tr.setSelection(selectionAt(tr.doc, mapping.map(anchor, -1), mapping.map(head, -1)))
  return now
}

function selectionAt(doc: Node, anchor: number, head: number): Selection {
  const [$anchor, $head] = [doc.resolve(anchor), doc.resolve(head)]
  return $anchor.parent.inlineContent && $head.parent.inlineContent ? TextSelection.between($anchor, $head) : Selection.near($head, -1)
}

/** By block, what happened to its letters. A block whose attributes alone have changed has none. */
function changedBlocks(events: Heard['events']): ReadonlyMap<Y.XmlElement, readonly Y.YEvent<Y.XmlText>[]> {
  const changed = new Map<Y.XmlElement, Y.YEvent<Y.XmlText>[]>()
  for (const event of events) {
    const { target } = event
    const element = target instanceof Y.XmlText ? target.parent : target
    if (!isBlock(element)) continue
    const texts = changed.get(element) ?? []
    changed.set(element, texts)
    if (target instanceof Y.XmlText) texts.push(event as Y.YEvent<Y.XmlText>) // its target is one
  }
  return changed
}

/** A shared list keeps the order of what stays: what is gone is taken out, what is new put in. */
function placeBlocks(tr: Transaction, before: readonly Y.XmlElement[], now: readonly Y.XmlElement[]): void {
  if (before === now) return
  const stays = new Set(now)
  const { schema } = tr.doc.type
  let [pos, next] = [0, 0]
  const insertUpTo = (element: Y.XmlElement | undefined) => {
    const made: Node[] = []
    for (let at = now[next]; at && at !== element; at = now[++next]) made.push(nodeOf(schema, readBlock(at)))
    if (made.length === 0) return
    tr.insert(pos, made)
    for (const node of made) pos += node.nodeSize
  }
  const gone: { readonly from: number; readonly to: number }[] = []
  for (const element of before) {
    const size = tr.doc.nodeAt(pos)?.nodeSize ?? 0
    if (stays.has(element)) {
      insertUpTo(element)
      next++
      pos += size
    } else {
      gone.push({ from: pos, to: pos + size })
      pos += size
    }
  }
  insertUpTo(undefined)
  removeAll(tr, gone, before.length === 0)
}

/** What is gone goes last, so that the editor is never without a block; a text without any is shown as an empty line. */
function removeAll(tr: Transaction, ranges: readonly { from: number; to: number }[], wasEmpty: boolean): void {
  const shown = tr.doc.childCount
  if (wasEmpty && shown > 1) {
    // the line that stood for the empty text, behind what came
    tr.delete(tr.doc.content.size - (tr.doc.lastChild?.nodeSize ?? 0), tr.doc.content.size)
    return
  }
  if (ranges.length > 0 && ranges.length === shown) tr.insert(tr.doc.content.size, emptyLine(tr.doc))
  for (const { from, to } of [...ranges].reverse()) tr.delete(from, to)
}

function emptyLine(doc: Node): Node {
  return doc.type.schema.node('block')
}

function readBlockChanges(tr: Transaction, pos: number, element: Y.XmlElement, events: readonly Y.YEvent<Y.XmlText>[]): void {
  const { schema } = tr.doc.type
  const block = readBlock(element)
  const node = nodeOf(schema, block)
  for (const event of events) applyDelta(tr, pos + 1, event)
  const shown = tr.doc.nodeAt(pos)
  if (!shown) return
  // A text that was put in another's place, or nothing that our steps can say.
  if (!shown.content.eq(node.content)) tr.replaceWith(pos + 1, pos + 1 + shown.content.size, textNodes(schema, block.runs))
  if (!shown.hasMarkup(node.type, node.attrs, node.marks)) tr.setNodeMarkup(pos, undefined, node.attrs)
}

function applyDelta(tr: Transaction, from: number, event: Y.YEvent<Y.XmlText>): void {
  const { schema } = tr.doc.type
  const end = () => from + (tr.doc.resolve(from).parent.content.size ?? 0)
  let at = from
  for (const { insert, retain, delete: deleted, attributes } of event.delta) {
    if (typeof insert === 'string') {
      tr.insert(at, schema.text(insert, editorMarks(schema, marksIn(attributes))))
      at += insert.length
    } else if (deleted !== undefined) tr.delete(at, Math.min(at + deleted, end()))
    else if (retain !== undefined) {
      const to = Math.min(at + retain, end())
      for (const mark of MARKS) {
        if (attributes?.[mark] === null) tr.removeMark(at, to, schema.marks[mark])
        else if (attributes?.[mark] !== undefined) tr.addMark(at, to, schema.mark(mark))
      }
      at = to
    }
  }
}

function marksIn(attributes: Readonly<Record<string, unknown>> | undefined): readonly Mark[] {
  return MARKS.filter((mark) => attributes?.[mark] !== undefined && attributes[mark] !== null)
}
