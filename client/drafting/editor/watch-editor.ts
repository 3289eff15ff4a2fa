// Errors in the editor's plugins and in its binding are thrown into the browser's event loop, where no screen catches them. What counts
// is what they leave behind: an editor that no longer shows what the shared text says would write its own text over that of others.
import type { Editor } from '@tiptap/core'
import type * as Y from 'yjs'
import { blocksOf } from '#shared/document/binding/block-node.ts'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { fragmentOf, readBlocks } from '#shared/document/yjs-document.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { Locale } from '#shared/kernel/locale.ts'

interface WatchOptions {
  readonly doc: Y.Doc
  readonly language: Locale
  readonly timers: Timers
  readonly onFault: () => void
}

/** Many errors are looked into once. */
const LOOK_AFTER = 100

export function watchEditor(editor: Editor, { doc, language, timers, onFault }: WatchOptions): () => void {
  let cancel: (() => void) | undefined
  const look = () => {
    cancel = undefined
    if (!editor.isDestroyed && !isInStep(editor, doc, language)) onFault()
  }
  const heard = () => {
    cancel ??= timers.after(LOOK_AFTER, look)
  }
  for (const name of ['error', 'unhandledrejection']) window.addEventListener(name, heard)
  return () => {
    cancel?.()
    for (const name of ['error', 'unhandledrejection']) window.removeEventListener(name, heard)
  }
}

function isInStep(editor: Editor, doc: Y.Doc, language: Locale): boolean {
  try {
    return shown(blocksOf(editor.state.doc)) === shown(readBlocks(fragmentOf(doc, language)))
  } catch {
    return false
  }
}

/** What stands in the attributes and letters; an empty text is an empty line. */
function shown(blocks: readonly DocumentBlock[]): string {
  const lines = blocks.map((block) => JSON.stringify([block.kind, block.depth, block.continues ?? null, wordsOf(block)]))
  return lines.join('\n') || JSON.stringify(['paragraph', 0, null, ''])
}
