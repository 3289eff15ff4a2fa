// Text from Word, LibreOffice, Google Docs or a plain file: numbered paragraphs become clauses, everything else plain paragraphs.
// Read in an inert document: nothing in it runs, loads or keeps its style.
import { Extension } from '@tiptap/core'
import { Fragment, type Schema } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { blocksFromHtml, blocksFromText, type PastedBlock } from './pasted-blocks.ts'
import { documentOf } from './pasted-document.ts'

export const pasteClauses = Extension.create({
  name: 'pasteClauses',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handlePaste(view, event) {
            const data = event.clipboardData
            if (!data) return false
            const html = data.getData('text/html')
            // Copied from this very draft: ProseMirror knows best.
            if (html.includes('data-pm-slice')) return false
            const blocks = html
              ? blocksFromHtml(new DOMParser().parseFromString(html, 'text/html').body)
              : blocksFromText(data.getData('text/plain'))
            if (blocks.length === 0) return false
            return insertBlocks(view, blocks)
          },
        },
      }),
    ]
  },
})

function insertBlocks(view: EditorView, blocks: readonly PastedBlock[]): boolean {
  const { state } = view
  const [only] = blocks
  if (blocks.length === 1 && only?.kind === 'paragraph') {
    const paragraph = state.schema.nodeFromJSON({ type: 'paragraph', content: only.inline })
    let { tr } = state
    if (!tr.selection.empty) tr = tr.deleteSelection()
    view.dispatch(tr.insert(tr.selection.from, paragraph.content).scrollIntoView())
    return true
  }
  return insertBelow(view, state.schema, blocks)
}

/** Whole blocks never land inside a sentence: they follow the block of the document that the cursor is in, or replace it if it is empty. */
function insertBelow(view: EditorView, schema: Schema, blocks: readonly PastedBlock[]): boolean {
  const { $from } = view.state.selection
  const nodes = documentOf(blocks).map((json) => schema.nodeFromJSON(json))
  const here = $from.node(1)
  const replaces = here !== undefined && here.textContent === ''
  const from = replaces ? $from.before(1) : $from.depth > 0 ? $from.after(1) : $from.pos
  const to = replaces ? $from.after(1) : from
  view.dispatch(view.state.tr.replaceWith(from, to, Fragment.from(nodes)).scrollIntoView())
  return true
}
