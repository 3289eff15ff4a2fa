// The binding puts the caret back after others' edits by a position that the new text may not have, and throws then, with the text
// half drawn (y-tiptap issue 48, y-prosemirror issue 272). Then the text is drawn once more without it, and the caret stays as near
// as it can.
import { Extension } from '@tiptap/core'
import { Plugin, Selection } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'

type Observer = (events: Y.YEvent<Y.XmlElement>[], transaction: Y.Transaction) => void

/** What is used of the binding; the library's types name none of it. */
interface Binding {
  readonly type: Y.XmlFragment
  _observeFunction: Observer
  beforeTransactionSelection: unknown
  mux(work: () => void): void
}

export const SteadyCaret = Extension.create({
  name: 'steadyCaret',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        view(view) {
          const { binding } = (ySyncPluginKey.getState(view.state) ?? {}) as { binding?: Binding }
          if (!binding) return {}
          const { _observeFunction: draw, type } = binding
          const steady: Observer = (events, transaction) => {
            const { head } = view.state.selection
            try {
              draw(events, transaction)
            } catch (fault) {
              if (!(fault instanceof RangeError) || binding.beforeTransactionSelection === null) throw fault
              binding.beforeTransactionSelection = null
              draw(events, transaction)
              const { doc, tr } = view.state
              const near = Selection.near(doc.resolve(Math.min(head, doc.content.size)))
              binding.mux(() => view.dispatch(tr.setSelection(near)))
            }
          }
          type.unobserveDeep(draw)
          type.observeDeep(steady)
          binding._observeFunction = steady // which it lets go of when it ends
          return {}
        },
      }),
    ]
  },
})
