// Errors in the editor's plugins and in its binding are thrown into the browser's event loop, where no screen catches them. What counts
// is what they leave behind: an editor that no longer shows what the shared text says would write its own text over that of others.
import type { Editor } from '@tiptap/core'
import type * as Y from 'yjs'
import type { DocumentNode } from '#shared/document/document-node.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import { documentOfDraft } from '../document-of-draft.ts'

interface WatchOptions {
  readonly doc: Y.Doc
  readonly timers: Timers
  readonly onFault: () => void
}

/** Many errors are looked into once. */
const LOOK_AFTER = 100

export function watchEditor(editor: Editor, { doc, timers, onFault }: WatchOptions): () => void {
  let cancel: (() => void) | undefined
  const look = () => {
    cancel = undefined
    if (!editor.isDestroyed && !isInStep(editor, doc)) onFault()
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

function isInStep(editor: Editor, doc: Y.Doc): boolean {
  try {
    return shown(editor.getJSON() as DocumentNode) === shown(documentOfDraft(doc))
  } catch {
    return false
  }
}

/** Kinds of blocks and words, without the attributes that only one of the two spells out; an empty text is an empty paragraph. */
function shown({ type, text, content = [] }: DocumentNode): string {
  if (text !== undefined) return text
  const inner = content.map(shown).join('')
  return type === 'doc' ? inner || '<paragraph></>' : `<${type}>${inner}</>`
}
