// What every editor that shows a shared text consists of; a device adds its keys, carets and limits.
import { type AnyExtension, Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type * as Y from 'yjs'
import { ownBlocks } from '#shared/document/binding/own-blocks.ts'
import { bindingKey, bindingOf, TextBinding } from '#shared/document/binding/text-binding.ts'
import { documentExtensions } from '#shared/document/document-schema.ts'
import { fragmentOf } from '#shared/document/yjs-document.ts'
import type { Locale } from '#shared/kernel/locale.ts'

interface BoundText {
  readonly doc: Y.Doc
  /** Which of the document's texts. */
  readonly language: Locale
  /** For blocks made here: random, so that two devices never make the same. */
  readonly newId: () => string
  /** Where it outlives the editor. */
  readonly history?: Y.UndoManager
}

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    sharedText: {
      undo: () => ReturnType
      redo: () => ReturnType
    }
  }
}

export function boundExtensions(text: BoundText): AnyExtension[] {
  return [...documentExtensions, sharedText(text)]
}

function sharedText({ doc, language, newId, history }: BoundText) {
  return Extension.create({
    name: 'sharedText',
    addCommands: () => ({
      undo: takeBack('undo'),
      redo: takeBack('redo'),
    }),
    addKeyboardShortcuts() {
      return {
        'Mod-z': () => this.editor.commands.undo(),
        'Mod-y': () => this.editor.commands.redo(),
        'Shift-Mod-z': () => this.editor.commands.redo(),
      }
    },
    addProseMirrorPlugins: () => [bindingPlugin(new TextBinding(doc, fragmentOf(doc, language), history), newId)],
  })
}

export function bindingPlugin(binding: TextBinding, newId: () => string): Plugin<TextBinding> {
  return new Plugin<TextBinding>({
    key: bindingKey,
    state: { init: () => binding, apply: () => binding },
    appendTransaction: (transactions, before, after) => ownBlocks(transactions, before, after, newId),
    view(view) {
      binding.attach(view)
      return { update: (current, before) => binding.written(current, before), destroy: () => binding.detach() }
    },
  })
}

/** Not the editor's own transaction: the shared document takes it back, and the editor hears of it as of everything there. */
function takeBack(way: 'undo' | 'redo') {
  return () =>
    ({
      editor,
      tr,
      dispatch,
    }: {
      editor: { state: Parameters<typeof bindingOf>[0] }
      tr: { setMeta(name: string, value: unknown): unknown }
      dispatch: unknown
    }) => {
      tr.setMeta('preventDispatch', true)
      const manager = bindingOf(editor.state)?.undoManager
      const stack = way === 'undo' ? manager?.undoStack : manager?.redoStack
      if (!manager || !stack || stack.length === 0) return false
      if (dispatch) manager[way]()
      return true
    }
}
