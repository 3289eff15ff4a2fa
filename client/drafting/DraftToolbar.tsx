import type { Editor } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import { useEditorState } from '@tiptap/react'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { addClause, addSubclause, toggleHeading } from './editor/clause-commands.ts'

/** Each button is reached by Tab; pressing one keeps the cursor where it was. */
export function DraftToolbar({ editor }: { editor: Editor }) {
  const t = useTexts()
  const state = useEditorState({
    editor,
    selector: ({ editor: { state: now } }) => ({
      clause: addClause(now),
      subclause: addSubclause(now),
      heading: toggleHeading(now),
      isHeading: now.selection.$from.parent.type.name === 'heading',
      bold: editor.isActive('bold'),
      ...history(editor),
    }),
  })
  const run = (command: Command) => () => {
    command(editor.state, editor.view.dispatch, editor.view)
    editor.view.focus()
  }
  return (
    <div className="draft-tools" role="toolbar" aria-label={t('drafting.tools.label')}>
      <Tool label={t('drafting.tools.clause')} disabled={!state.clause} onPress={run(addClause)}>
        <span aria-hidden="true">1.</span>
        <span>{t('drafting.tools.clause')}</span>
      </Tool>
      <Tool label={t('drafting.tools.subclause')} disabled={!state.subclause} onPress={run(addSubclause)}>
        <span aria-hidden="true">1.1</span>
        <span className="draft-tool-word">{t('drafting.tools.subclause')}</span>
      </Tool>
      <Tool label={t('drafting.tools.heading')} pressed={state.isHeading} disabled={!state.heading} onPress={run(toggleHeading)}>
        <b aria-hidden="true">{t('drafting.tools.headingLetter')}</b>
      </Tool>
      <Tool label={t('drafting.tools.bold')} pressed={state.bold} onPress={() => editor.chain().focus().toggleMark('bold').run()}>
        <b aria-hidden="true">{t('drafting.tools.boldLetter')}</b>
      </Tool>
      <Tool label={t('drafting.tools.undo')} disabled={!state.undo} onPress={() => editor.chain().focus().undo().run()}>
        <Icon name="undo" />
      </Tool>
      <Tool label={t('drafting.tools.redo')} disabled={!state.redo} onPress={() => editor.chain().focus().redo().run()}>
        <span className="draft-tool-redo">
          <Icon name="undo" />
        </span>
      </Tool>
    </div>
  )
}

interface ToolProps {
  readonly label: string
  readonly pressed?: boolean
  readonly disabled?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

function Tool({ label, pressed, disabled = false, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className="draft-tool"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {children}
    </button>
  )
}

interface UndoState {
  readonly undoManager: { readonly undoStack: readonly unknown[]; readonly redoStack: readonly unknown[] }
}

function history(editor: Editor): { undo: boolean; redo: boolean } {
  const state = yUndoPluginKey.getState(editor.state) as UndoState | undefined // the plugin's own state has no types
  return { undo: (state?.undoManager.undoStack.length ?? 0) > 0, redo: (state?.undoManager.redoStack.length ?? 0) > 0 }
}
