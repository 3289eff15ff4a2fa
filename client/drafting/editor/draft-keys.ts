// The keyboard in the draft. Escape leads out of the text: somebody who cannot use a mouse must never be caught in it.
import { Extension } from '@tiptap/core'
import { type Command, Plugin } from '@tiptap/pm/state'
import type { NewId } from './block-changes.ts'
import { lowerClause, raiseClause } from './clause-commands.ts'
import { backspaceAtStart, deleteAtEnd } from './join-lines.ts'
import { moveClauseDown, moveClauseUp } from './move-clause.ts'
import { readCaret } from './read-caret.ts'
import { splitLine } from './split-line.ts'

const caretBeforeKeys = new Plugin({
  props: {
    handleDOMEvents: {
      keydown(view, { isComposing, key }) {
        // the caret of a word that is being composed is the input method's
        if (!isComposing && key !== 'Process' && key !== 'Unidentified') readCaret(view)
      },
    },
  },
})

export function draftKeys({ newId, onExit }: { newId: NewId; onExit: () => void }) {
  return Extension.create({
    name: 'draftKeys',
    priority: 1000,
    addProseMirrorPlugins: () => [caretBeforeKeys],
    addKeyboardShortcuts() {
      const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch, this.editor.view)
      const [back, forward] = [run(backspaceAtStart(newId)), run(deleteAtEnd(newId))]
      return {
        Enter: run(splitLine(newId)),
        Tab: run(lowerClause),
        'Shift-Tab': run(raiseClause),
        Backspace: back,
        'Mod-Backspace': back,
        'Shift-Backspace': back,
        'Alt-Backspace': back,
        Delete: forward,
        'Mod-Delete': forward,
        'Alt-Delete': forward,
        'Alt-ArrowUp': run(moveClauseUp),
        'Alt-ArrowDown': run(moveClauseDown),
        'Shift-Enter': () => this.editor.commands.insertContent({ type: 'text', text: '\n' }),
        'Mod-b': () => this.editor.commands.toggleMark('bold'),
        'Mod-i': () => this.editor.commands.toggleMark('italic'),
        // biome-ignore lint/correctness/noComponentHookFactories: the name of a key, not a component
        Escape: () => {
          onExit()
          return true
        },
      }
    },
  })
}
