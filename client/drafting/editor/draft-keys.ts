// The keyboard in the draft. Escape leads out of the text: somebody who cannot use a mouse must never be caught in it.
import { Extension } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import { backspaceAtStart, lowerClause, raiseClause, splitClause } from './clause-commands.ts'

export function draftKeys({ onExit }: { onExit: () => void }) {
  return Extension.create({
    name: 'draftKeys',
    priority: 1000,
    addKeyboardShortcuts() {
      const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch, this.editor.view)
      return {
        Enter: run(splitClause),
        Tab: run(lowerClause),
        'Shift-Tab': run((state, dispatch, view) => state.selection.$from.depth > 2 && raiseClause(state, dispatch, view)),
        Backspace: run(backspaceAtStart),
        'Shift-Enter': () => this.editor.commands.insertContent({ type: 'hardBreak' }),
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
