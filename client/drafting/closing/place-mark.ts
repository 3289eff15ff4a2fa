// Marks the place that was jumped to, until somebody writes or another one is shown. Only this screen sees it.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

const key = new PluginKey<DecorationSet>('placeMark')

export const placeMark = Extension.create({
  name: 'placeMark',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, marks, _before, { doc }) {
          const place: { from: number; to: number } | undefined = tr.getMeta(key)
          if (place) return DecorationSet.create(doc, decorations(tr, place))
          return tr.docChanged ? DecorationSet.empty : marks
        },
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
})

export function markPlace(tr: Transaction, place: { readonly from: number; readonly to: number }): Transaction {
  return tr.setMeta(key, place).setMeta('addToHistory', false)
}

/** A block without words has nothing that could be coloured but itself. */
function decorations({ doc }: Transaction, { from, to }: { readonly from: number; readonly to: number }): Decoration[] {
  if (to > from) return [Decoration.inline(from, to, { class: 'draft-fault' })]
  const at = doc.resolve(from)
  return at.depth === 0 ? [] : [Decoration.node(at.before(1), at.after(1), { class: 'draft-fault' })]
}
