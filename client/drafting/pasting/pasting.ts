// Words that come from outside the text, by every door that the browser has: pasted, dropped, or copied from another editor.
import { Extension } from '@tiptap/core'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { bindingOf } from '#shared/document/binding/text-binding.ts'
import { visibleText } from '#shared/kernel/text/clean-text.ts'
import type { NewId } from '../editor/block-changes.ts'
import { insertPasted } from './insert-pasted.ts'
import { blocksFromHtml, blocksFromText } from './pasted-blocks.ts'
import { holdsWords } from './pasted-html.ts'

/** Copied from a text of ours: its blocks come as they were. */
const OURS = /<\w+\s[^>]*data-block=[^>]*data-pm-slice|<\w+\s[^>]*data-pm-slice=[^>]*data-block=/

interface PastingOptions {
  readonly newId: NewId
  /** Pictures or files came, and no words. */
  readonly onFiles: () => void
}

export function pasting({ newId, onFiles }: PastingOptions) {
  /** Answers whether nothing is left to be done for the editor. */
  function takeIn(view: EditorView, data: DataTransfer | null, at: Transaction): boolean {
    const html = data?.getData('text/html') ?? ''
    const text = data?.getData('text/plain') ?? ''
    if (!data || OURS.test(html) || (html === '' && text === '')) return false
    const blocks = html === '' || !holdsWords(html) ? blocksFromText(text) : blocksFromHtml(html)
    // words that nobody sees where they were copied: the editor would take them by a reading of its own
    if (blocks.length === 0) return !holdsFiles(data)
    const history = bindingOf(view.state)?.undoManager
    history?.stopCapturing()
    view.dispatch(insertPasted(at, blocks, newId).setMeta('paste', true))
    history?.stopCapturing()
    return true
  }

  /** A browser would open them in the place of the room, or draw them into the text. */
  function refuseFiles(data: DataTransfer | null): boolean {
    if (!data || !holdsFiles(data)) return false
    onFiles()
    return true
  }

  return Extension.create({
    name: 'pasting',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          transformPasted: (slice) => new Slice(cleaned(slice.content), slice.openStart, slice.openEnd),
          handlePaste: (view, { clipboardData }) => takeIn(view, clipboardData, view.state.tr) || refuseFiles(clipboardData),
          handleDrop(view, event, _slice, moved) {
            if (moved || view.dragging) return false
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
            if (!at) return false
            const { doc, tr } = view.state
            if (!takeIn(view, event.dataTransfer, tr.setSelection(TextSelection.near(doc.resolve(at.pos)))))
              return refuseFiles(event.dataTransfer)
            view.focus()
            return true
          },
        },
      }),
    ],
  })
}

function holdsFiles({ types }: DataTransfer): boolean {
  return types.includes('Files')
}

function cleaned(content: Fragment): Fragment {
  return Fragment.from(content.content.flatMap(cleanedNode))
}

function cleanedNode(node: Node): readonly Node[] {
  if (!node.isText) return [node.copy(cleaned(node.content))]
  const text = visibleText(node.text ?? '')
  return text === '' ? [] : [node.type.schema.text(text, node.marks)]
}
