// What the list beside the text does in the text: shows a place, and mends it as its writer would, so that one step takes it back.
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import { nodeOf } from '#shared/document/binding/block-node.ts'
import { bindingOf } from '#shared/document/binding/text-binding.ts'
import { block } from '#shared/document/document-block.ts'
import { DUTIES } from '#shared/document/document-grammar.ts'
import type { ClosingFault } from '#shared/drafting/closing/closing-fault.ts'
import type { HeadedDuty } from '#shared/drafting/template-words.ts'
import { markPlace } from './place-mark.ts'

export interface EditorHands {
  /** The caret goes there, the place comes into view and is marked until somebody writes. */
  show(fault: ClosingFault): void
  mend(fault: ClosingFault, instead: string): void
  undo(): void
  /** What taking back would take back: the same as long as nothing else was written here. */
  lastStep(): unknown
}

/** As the template has them, one under another. */
const ORDER = DUTIES.filter((duty): duty is HeadedDuty => duty !== 'place-and-date')

interface Place {
  readonly from: number
  readonly to: number
}

export function handsOf(editor: Editor, { newId }: { newId: () => string }): EditorHands {
  const lastStep = () => bindingOf(editor.state)?.undoManager.undoStack.at(-1)
  return {
    lastStep,
    undo: () => void editor.commands.undo(),
    show(fault) {
      const place = placesOf(editor.state.doc, fault)[0] ?? { from: 0, to: 0 }
      const selection = TextSelection.between(editor.state.doc.resolve(place.from), editor.state.doc.resolve(place.to))
      editor.view.dispatch(markPlace(editor.state.tr.setSelection(selection), place).scrollIntoView())
      editor.view.focus()
    },
    mend(fault, instead) {
      const history = bindingOf(editor.state)?.undoManager
      const { tr } = editor.state
      history?.stopCapturing()
      if (fault.kind === 'mixed-word' || fault.kind === 'other-date') exchange(tr, fault, instead)
      else if (fault.kind === 'no-date') addDay(tr, fault, instead, newId())
      else addHeading(tr, { duty: fault.found, words: instead }, newId)
      editor.view.dispatch(tr)
      history?.stopCapturing()
    },
  }
}

/** Everywhere that the same word stands; of others the one place. */
function placesOf(doc: Node, { kind, found, block: id }: ClosingFault): readonly Place[] {
  const places: Place[] = []
  doc.forEach((node, pos) => {
    const from = pos + 1
    if (kind === 'mixed-word') places.push(...wordPlaces(node, from, found))
    else if (node.attrs.id === id) places.push(placeIn(node, from, found))
  })
  if (places.length > 0 || id === undefined) return places
  // a word that goes on in the next block: its first one
  doc.forEach((node, pos) => {
    if (node.attrs.id === id) places.push({ from: pos + 1, to: pos + node.nodeSize - 1 })
  })
  return places
}

function wordPlaces(node: Node, from: number, word: string): readonly Place[] {
  const text = node.textContent
  const places: Place[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const around = text.charAt(at - 1) + text.charAt(at + word.length)
    if (!/[\p{L}\p{N}]/u.test(around)) places.push({ from: from + at, to: from + at + word.length })
  }
  return places
}

function placeIn(node: Node, from: number, found: string): Place {
  const letters = /^U\+([0-9A-F]+)$/.exec(found)?.[1]
  const words = letters ? String.fromCodePoint(Number.parseInt(letters, 16)) : found
  const at = words === '' ? -1 : node.textContent.indexOf(words)
  return at < 0 ? { from, to: from + node.content.size } : { from: from + at, to: from + at + words.length }
}

function exchange(tr: Transaction, fault: ClosingFault, instead: string): void {
  for (const { from, to } of placesOf(tr.doc, fault).toReversed()) tr.insertText(instead, from, to)
}

/** Behind the place, or in a line of its own under the title. */
function addDay(tr: Transaction, { block: id }: ClosingFault, instead: string, newId: string): void {
  let end: number | undefined
  let behindTitle = 0
  tr.doc.forEach((node, pos, index) => {
    if (id !== undefined && node.attrs.id === id) end = pos + node.nodeSize - 1
    if (index === 0 && node.attrs.kind === 'heading') behindTitle = node.nodeSize
  })
  if (end !== undefined) tr.insertText(`, ${instead}`, end)
  else tr.insert(behindTitle, nodeOf(tr.doc.type.schema, block(newId, 'paragraph', 0, instead, { part: 'place-and-date' })))
}

/** Where the law's own order has it, with room for words beneath. */
function addHeading(tr: Transaction, { duty, words }: { duty: string; words: string }, newId: () => string): void {
  const headed = ORDER.find((each) => each === duty)
  if (!headed) return
  let at = tr.doc.content.size
  let heading = 0
  tr.doc.forEach((node, pos) => {
    if (node.attrs.kind === 'heading') heading = pos
    const part = ORDER.indexOf(node.attrs.part)
    if (part > ORDER.indexOf(headed) && at === tr.doc.content.size) at = heading
  })
  const schema = tr.doc.type.schema
  const kind = headed === 'parties' || headed === 'mediator' || headed === 'subject' ? 'paragraph' : 'clause'
  const room = block(newId(), kind, kind === 'clause' ? 1 : 0, '', { part: headed })
  tr.insert(at, [nodeOf(schema, block(newId(), 'heading', 2, words)), nodeOf(schema, room)])
}
