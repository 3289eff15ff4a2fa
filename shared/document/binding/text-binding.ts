// The editor and the shared document, kept the same: what is changed in one is changed in the other, at once and by the smallest change.
// Our own, because only a binding that knows blocks by their ids can promise that a change of structure takes nobody's words
// (docs/decisions/084).
import type { Node } from '@tiptap/pm/model'
import { type EditorState, PluginKey, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import * as Y from 'yjs'
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'
import { blockElements, readBlock, textOf } from '../yjs-document.ts'
import { nodeOf } from './block-node.ts'
import { type CutWord, cutWordIn } from './cut-words.ts'
import { readChanges } from './read-changes.ts'
import { deletesInUndo } from './undo-filter.ts'
import { writeChanges } from './write-changes.ts'

export const bindingKey = new PluginKey<TextBinding>('textBinding')
const FROM_SHARED = 'fromShared'

/** Of a transaction: it brings what the shared document says, and is not written back into it. */
export function isFromShared(tr: Transaction): boolean {
  return tr.getMeta(bindingKey) === FROM_SHARED
}

export function bindingOf(state: EditorState): TextBinding | undefined {
  return bindingKey.getState(state)
}

type Ends = readonly [anchor: string, head: string]
type Heard = readonly Y.YEvent<Y.XmlElement | Y.XmlText | Y.XmlFragment>[]

/** What this device wrote in one text and can take back; it lasts as long as the document, longer than the editors that show it. */
export function makeHistory(fragment: Y.XmlFragment): Y.UndoManager {
  return new Y.UndoManager(fragment, { trackedOrigins: new Set(), deleteFilter: deletesInUndo })
}

interface StackEvent {
  readonly stackItem: { readonly meta: Map<unknown, unknown> }
}

export class TextBinding {
  readonly doc: Y.Doc
  readonly fragment: Y.XmlFragment
  readonly undoManager: Y.UndoManager
  #view: EditorView | undefined
  /** The editor's document as the shared one has it, and the element of each of its blocks; none while that is empty. */
  #shown: Node | undefined
  #elements: readonly Y.XmlElement[] = []
  #selection: Ends | undefined
  /** Texts in which others have written, where nobody has looked for cut words yet. */
  readonly #toLookAt = new Set<Y.XmlText>()

  constructor(doc: Y.Doc, fragment: Y.XmlFragment, history = makeHistory(fragment)) {
    this.doc = doc
    this.fragment = fragment
    this.undoManager = history
  }

  attach(view: EditorView): void {
    this.#view = view
    this.#elements = blockElements(this.fragment)
    const { schema } = view.state
    const nodes = this.#elements.map((element) => nodeOf(schema, readBlock(element)))
    const tr = view.state.tr.replaceWith(0, view.state.doc.content.size, nodes.length > 0 ? nodes : [schema.node('block')])
    this.#show(tr.setSelection(Selection.atStart(tr.doc)), this.#elements)
    this.fragment.observeDeep(this.#hear)
    this.undoManager.addTrackedOrigin(this)
    this.undoManager.on('stack-item-added', this.#remember)
    this.undoManager.on('stack-item-popped', this.#restore)
  }

  detach(): void {
    this.fragment.unobserveDeep(this.#hear)
    this.undoManager.removeTrackedOrigin(this)
    this.undoManager.off('stack-item-added', this.#remember)
    this.undoManager.off('stack-item-popped', this.#restore)
    // what another editor writes is a step of its own
    this.undoManager.stopCapturing()
    this.#view = undefined
  }

  /** After each change of the editor's state. */
  written({ state }: EditorView, before: EditorState): void {
    const shown = this.#shown
    if (!shown || state.doc === shown) return
    this.#selection = this.#selectionIn(before)
    const { $head } = state.selection
    const caret = $head.depth > 0 ? { block: $head.index(0), offset: $head.parentOffset } : undefined
    this.doc.transact((transaction) => {
      const { fragment } = this
      this.#elements = writeChanges(transaction, { fragment, elements: this.#elements, before: shown, after: state.doc, caret })
    }, this)
    this.#shown = state.doc
  }

  /** A place among the letters that stays where it is whatever happens around it; base64. Undefined in an empty text. */
  toRelative(pos: number): string | undefined {
    const doc = this.#shown
    if (!doc || pos > doc.content.size) return undefined
    const $pos = doc.resolve(pos)
    const element = this.#elements[$pos.index(0)]
    const text = element && textOf(element)
    if (!text) return undefined
    return base64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, $pos.depth > 0 ? $pos.parentOffset : 0, -1)))
  }

  /** Where that place is now; undefined when it is in no block that is shown here. */
  toAbsolute(encoded: string): number | undefined {
    try {
      const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(fromBase64(encoded)), this.doc)
      const index = found ? this.#elements.findIndex((element) => element === found.type.parent) : -1
      if (!found || index < 0) return undefined
      return this.#startOf(index) + found.index
    } catch {
      return undefined // points into text that is not here (yet), or is no place at all
    }
  }

  /** A word of this device that others' letters came into while it was written, as places of the editor; none while it is ahead of the text. */
  nextCutWord(): CutWord | undefined {
    if (this.#view?.state.doc !== this.#shown) return undefined
    for (const text of this.#toLookAt) {
      const index = this.#elements.findIndex((element) => element === text.parent)
      const cut = index < 0 ? undefined : cutWordIn(text, this.doc.clientID)
      if (cut) {
        const start = this.#startOf(index)
        return { at: start + cut.at, from: start + cut.from, to: start + cut.to }
      }
      this.#toLookAt.delete(text)
    }
    return undefined
  }

  /** Where the letters of a block begin. */
  #startOf(index: number): number {
    return 1 + (this.#shown?.children.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0) ?? 0)
  }

  readonly #hear = (events: Heard, transaction: Y.Transaction): void => {
    const view = this.#view
    if (!view || view.isDestroyed || transaction.origin === this) return
    const { tr } = view.state
    for (const { target } of events) if (target instanceof Y.XmlText) this.#toLookAt.add(target)
    this.#show(tr, readChanges(tr, { fragment: this.fragment, events, elements: this.#elements }))
  }

  #show(tr: Transaction, elements: readonly Y.XmlElement[]): void {
    this.#elements = elements
    this.#shown = tr.doc
    this.#view?.dispatch(tr.setMeta(bindingKey, FROM_SHARED).setMeta('addToHistory', false))
  }

  #selectionIn({ selection, doc }: EditorState): Ends | undefined {
    if (doc !== this.#shown) return undefined
    const [anchor, head] = [this.toRelative(selection.anchor), this.toRelative(selection.head)]
    return anchor !== undefined && head !== undefined ? [anchor, head] : undefined
  }

  /** Under a key that every editor of the text has. */
  readonly #remember = ({ stackItem }: StackEvent): void => void stackItem.meta.set(bindingKey, this.#selection)
  readonly #restore = ({ stackItem }: StackEvent): void => this.#select(stackItem.meta.get(bindingKey))

  #select(places: unknown): void {
    const view = this.#view
    if (!view || !Array.isArray(places)) return
    const [anchor, head] = places.map((place) => this.toAbsolute(String(place)))
    if (anchor === undefined || head === undefined || Math.max(anchor, head) > view.state.doc.content.size) return
    const { tr, doc } = view.state
    view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))).scrollIntoView())
  }
}
