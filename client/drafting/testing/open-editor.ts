// An editor on a shared text, with the keys of the draft; for tests.
import { Editor } from '@tiptap/core'
import { type Command, TextSelection } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { blocksOf } from '#shared/document/binding/block-node.ts'
import { boundExtensions } from '#shared/document/bound-editor.ts'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { appendBlocks, fragmentOf } from '#shared/document/yjs-document.ts'
import { draftKeys } from '../editor/draft-keys.ts'
import { lineNumbers } from '../editor/line-numbers.ts'
import { wholeWords } from '../editor/whole-words.ts'
import { cleanTyping } from '../pasting/clean-typing.ts'
import { pasting } from '../pasting/pasting.ts'

export function docOf(blocks: readonly DocumentBlock[]): Y.Doc {
  const doc = new Y.Doc()
  appendBlocks(fragmentOf(doc, 'ru'), blocks)
  return doc
}

export function openEditor(doc: Y.Doc, onFiles: () => void = () => undefined) {
  let made = 0
  const newId = () => `n${doc.clientID}-${++made}`
  const editor = new Editor({
    extensions: [
      ...boundExtensions({ doc, language: 'ru', newId }),
      draftKeys({ newId, onExit: () => undefined }),
      lineNumbers,
      pasting({ newId, onFiles }),
      cleanTyping,
      wholeWords,
    ],
    injectCSS: false,
    // nothing is laid out here
    editorProps: { handleScrollToSelection: () => true },
  })
  const positionOf = (index: number, offset: number) =>
    editor.state.doc.children.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0) + 1 + offset
  return {
    editor,
    newId,
    /** At a letter of a block; a negative one counts from the end, -1 is the end itself. */
    caret(index: number, offset = -1): void {
      const size = editor.state.doc.maybeChild(index)?.content.size ?? 0
      const at = positionOf(index, offset < 0 ? size + 1 + offset : offset)
      editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, at)))
    },
    select(from: readonly [number, number], to: readonly [number, number]): void {
      const { state, view } = editor
      view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, positionOf(...from), positionOf(...to))))
    },
    /** The browser's caret stands at the beginning of a block, and it has not told of that yet. Ends with what is returned. */
    caretUntold(index: number): () => void {
      const { dom } = editor.view
      document.body.append(dom)
      editor.view.focus()
      const quiet = (event: Event) => event.stopImmediatePropagation()
      window.addEventListener('selectionchange', quiet, true)
      getSelection()?.collapse(dom.children[index]?.firstChild ?? null, 0)
      window.removeEventListener('selectionchange', quiet, true)
      return () => dom.remove()
    },
    run: (command: Command) => command(editor.state, editor.view.dispatch, editor.view),
    type(words: string): void {
      for (const letter of words) editor.view.dispatch(editor.state.tr.insertText(letter))
    },
    blocks: () => blocksOf(editor.state.doc),
    outline: () => outlineOf(blocksOf(editor.state.doc)),
  }
}

/** `1. text`, `1.1. text`, `# heading`, `• point`, `  a clause's paragraph` … as a reader sees them. */
export function outlineOf(blocks: readonly DocumentBlock[]): string[] {
  return arrangeBlocks(blocks).map(({ blocks: line, kind, depth, number }) => {
    const words = line.map(wordsOf).join('')
    if (number) return `${number.join('.')} ${words}`.trim()
    if (kind === 'heading') return `# ${words}`
    return kind === 'item' ? `• ${words}` : `${' '.repeat(depth)}${words}`
  })
}
