import type { Editor } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import { useEditorState } from '@tiptap/react'
import type { ReactNode } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { bindingOf } from '#shared/document/binding/text-binding.ts'
import { addClause, addSubclause, lowerClause, raiseClause, toggleHeading } from './editor/clause-commands.ts'
import { headIn } from './editor/lines.ts'
import { moveClauseDown, moveClauseUp } from './editor/move-clause.ts'
import { readCaret } from './editor/read-caret.ts'

const newClause = addClause(randomId)
const newSubclause = addSubclause(randomId)

/** Each button is reached by Tab; pressing one keeps the cursor where it was. */
export function DraftToolbar({ editor }: { editor: Editor }) {
  const t = useTexts()
  const state = useEditorState({
    editor,
    selector: ({ editor: { state: now } }) => ({
      clause: newClause(now),
      subclause: newSubclause(now),
      heading: toggleHeading(now),
      isHeading: headIn(now)?.line.kind === 'heading',
      up: moveClauseUp(now),
      down: moveClauseDown(now),
      lower: lowerClause(now),
      raise: raiseClause(now),
      bold: editor.isActive('bold'),
      ...history(editor),
    }),
  })
  const run = (command: Command) => () => {
    command(editor.state, editor.view.dispatch, editor.view)
    editor.view.focus()
  }
  const moves = [
    ...(state.up ? [{ id: 'up', label: t('drafting.tools.up'), note: 'Alt ↑', onSelect: run(moveClauseUp) }] : []),
    ...(state.down ? [{ id: 'down', label: t('drafting.tools.down'), note: 'Alt ↓', onSelect: run(moveClauseDown) }] : []),
    ...(state.lower ? [{ id: 'lower', label: t('drafting.tools.lower'), note: 'Tab', onSelect: run(lowerClause) }] : []),
    ...(state.raise ? [{ id: 'raise', label: t('drafting.tools.raise'), note: 'Shift Tab', onSelect: run(raiseClause) }] : []),
  ]
  return (
    <div className="draft-tools" role="toolbar" aria-label={t('drafting.tools.label')} onPointerDownCapture={() => readCaret(editor.view)}>
      <Tool label={t('drafting.tools.clause')} disabled={!state.clause} onPress={run(newClause)}>
        <span aria-hidden="true">1.</span>
        <span className="draft-tool-word">{t('drafting.tools.clause')}</span>
      </Tool>
      <Tool label={t('drafting.tools.subclause')} disabled={!state.subclause} onPress={run(newSubclause)}>
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
      {moves.length > 0 ? (
        <Menu label={t('drafting.tools.more')} items={moves} />
      ) : (
        <Tool label={t('drafting.tools.more')} disabled onPress={() => undefined}>
          <Icon name="more" />
        </Tool>
      )}
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

function history({ state }: Editor): { undo: boolean; redo: boolean } {
  const manager = bindingOf(state)?.undoManager
  return { undo: (manager?.undoStack.length ?? 0) > 0, redo: (manager?.redoStack.length ?? 0) > 0 }
}
