// A word that somebody else's letters came into while it was written is put together again: its second half goes before them. Whose word
// it was does so, once no keyboard holds it any more.
import { Extension } from '@tiptap/core'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { CutWord } from '#shared/document/binding/cut-words.ts'
import { bindingOf } from '#shared/document/binding/text-binding.ts'

export const wholeWords = Extension.create({
  name: 'wholeWords',
  // looks when what was written here stands in the shared text
  priority: 1,
  addProseMirrorPlugins: () => [
    new Plugin({
      view: () => ({
        update(view) {
          if (view.composing || !view.editable) return
          const cut = bindingOf(view.state)?.nextCutWord()
          if (cut) join(view, cut)
        },
      }),
    }),
  ],
})

/** In two steps, so that others' letters are touched by neither. */
function join(view: EditorView, { at, from, to }: CutWord): void {
  const { anchor, head } = view.state.selection
  const half = view.state.doc.slice(from, to).content
  const { size } = view.state.doc.content
  view.dispatch(view.state.tr.insert(at, half))
  // refused, as what is too large for one edit: the word stays as it is
  if (view.state.doc.content.size !== size + half.size) return
  const tr = view.state.tr.delete(from + half.size, to + half.size)
  const moved = (pos: number) => (pos > from && pos <= to ? pos - from + at : pos > at && pos <= from ? pos + half.size : pos)
  view.dispatch(tr.setSelection(TextSelection.between(tr.doc.resolve(moved(anchor)), tr.doc.resolve(moved(head)))))
}
