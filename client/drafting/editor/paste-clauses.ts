// Text from Word, LibreOffice, Google Docs or a plain file: numbered paragraphs become clauses, everything else plain paragraphs.
// Read in an inert document: nothing in it runs, loads or keeps its style.
import { Extension } from '@tiptap/core'
import { Fragment, type Schema } from '@tiptap/pm/model'
import { Plugin, Selection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { nodeOf, textNodes } from '#shared/document/binding/block-node.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { DEEPEST } from './clause-commands.ts'
import { endOf, headIn, startOf } from './lines.ts'
import { blocksFromHtml, blocksFromText, type PastedBlock } from './pasted-blocks.ts'

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

/** Ids are given where the blocks come to stand. Points belong to the clause before them; without one they are paragraphs. */
export function blocksToInsert(pasted: readonly PastedBlock[]): readonly DocumentBlock[] {
  let within = 0
  return pasted.map(({ kind, level, runs }) => {
    const shown = kind === 'item' && within === 0 ? 'paragraph' : kind
    if (kind === 'clause') within = Math.min(level, within + 1, DEEPEST)
    else if (shown !== 'item') within = 0
    return { id: '', kind: shown, depth: shown === 'heading' ? 2 : within, part: undefined, continues: undefined, runs }
  })
}

function insertBlocks(view: EditorView, pasted: readonly PastedBlock[]): boolean {
  const { state } = view
  const [only] = pasted
  if (pasted.length === 1 && only?.kind === 'paragraph') {
    let { tr } = state
    if (!tr.selection.empty) tr = tr.deleteSelection()
    view.dispatch(tr.insert(tr.selection.from, textNodes(state.schema, only.runs)).scrollIntoView())
    return true
  }
  return insertBelow(view, state.schema, pasted)
}

/** Whole blocks never land inside a sentence: they follow the line that the cursor is in, or replace it if it is empty. */
function insertBelow(view: EditorView, schema: Schema, pasted: readonly PastedBlock[]): boolean {
  const { state } = view
  const line = headIn(state)?.line
  const nodes = blocksToInsert(pasted).map((block) => nodeOf(schema, block))
  const to = line ? endOf(line) : state.doc.content.size
  const replaces = line?.pieces.every(({ node }) => node.content.size === 0) ?? false
  const tr = state.tr.insert(to, Fragment.from(nodes))
  tr.setSelection(Selection.near(tr.doc.resolve(to + nodes.reduce((sum, node) => sum + node.nodeSize, 0)), -1))
  if (line && replaces) tr.delete(startOf(line), to)
  view.dispatch(tr.scrollIntoView())
  return true
}
