// An editor on a shared text without a screen: the binding and its plugins alone, for histories by the thousand.
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type * as Y from 'yjs'
import { bindingPlugin } from '#shared/document/bound-editor.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { TextBinding } from '../binding/text-binding.ts'
import { documentSchema } from '../document-schema.ts'
import { fragmentOf } from '../yjs-document.ts'

interface Deps {
  readonly doc: Y.Doc
  readonly language: Locale
  readonly newId: () => string
}

export class HeadlessEditor {
  state: EditorState
  readonly binding: TextBinding

  constructor({ doc, language, newId }: Deps) {
    this.binding = new TextBinding(doc, fragmentOf(doc, language))
    this.state = EditorState.create({ schema: documentSchema(), plugins: [bindingPlugin(this.binding, newId)] })
    this.binding.attach(this.#view)
  }

  readonly dispatch = (tr: Transaction): void => {
    const before = this.state
    this.state = before.apply(tr)
    this.binding.written(this.#view, before)
  }

  run(command: Command): boolean {
    return command(this.state, this.dispatch)
  }

  /** Where a block's letters begin. */
  startOf(block: number): number {
    return this.state.doc.children.slice(0, block).reduce((sum, node) => sum + node.nodeSize, 1)
  }

  /** What is selected: from a place in one block to a place in another. */
  select(block: number, offset: number, toBlock = block, toOffset = offset): void {
    const { doc, tr } = this.state
    this.dispatch(tr.setSelection(TextSelection.create(doc, this.startOf(block) + offset, this.startOf(toBlock) + toOffset)))
  }

  type(text: string): void {
    for (const letter of text) this.dispatch(this.state.tr.insertText(letter))
  }

  close(): void {
    this.binding.detach()
  }

  /** All that the binding asks of a view. */
  get #view(): EditorView {
    const editor = this
    return {
      get state() {
        return editor.state
      },
      isDestroyed: false,
      dispatch: this.dispatch,
    } as unknown as EditorView // a view has much more, which the binding never uses
  }
}
