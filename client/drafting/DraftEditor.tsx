// The editor on paper. While a word is composed (Kazakh and Android keyboards) nothing here touches the text, neither ours nor others'.
import { type AnyExtension, Editor } from '@tiptap/core'
import { EditorContent } from '@tiptap/react'
import { useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { personView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { initials } from '#client/ui/base/initials.ts'
import { Paper } from '#client/ui/talk/Paper.tsx'
import { caseFold } from '#shared/cases/case-state.ts'
import { boundExtensions } from '#shared/document/bound-editor.ts'
import { MAX_EDIT_BYTES } from '#shared/drafting/draft-frames.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { handsOf } from './closing/editor-hands.ts'
import { placeMark } from './closing/place-mark.ts'
import type { Closing } from './closing/use-closing.ts'
import { DraftToolbar } from './DraftToolbar.tsx'
import type { DocumentSession } from './document-session.ts'
import { draftCarets } from './editor/caret-plugin.ts'
import { draftKeys } from './editor/draft-keys.ts'
import { editSize } from './editor/edit-size.ts'
import { lineNumbers } from './editor/line-numbers.ts'
import { historyOf } from './editor/text-history.ts'
import { watchEditor } from './editor/watch-editor.ts'
import { watchWriting } from './editor/watch-writing.ts'
import { wholeWords } from './editor/whole-words.ts'
import { LetterOffers } from './letters/LetterOffers.tsx'
import { cleanTyping } from './pasting/clean-typing.ts'
import { pasting } from './pasting/pasting.ts'

interface DraftEditorProps {
  readonly doc: Y.Doc
  readonly language: Locale
  /** What the field is called. */
  readonly label: string
  readonly title: string
  readonly session: DocumentSession
  readonly editable: boolean
  readonly closing?: Closing | undefined
}

export function DraftEditor({ doc, language, label, title, session, editable, closing }: DraftEditorProps) {
  const t = useTexts()
  const client = useCaseClient()
  const { me } = useCase()
  const exit = useRef<HTMLButtonElement>(null)
  const carets = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor>()
  const firstLabel = useRef(label)
  useEffect(() => {
    const extensions: AnyExtension[] = [
      ...boundExtensions({ doc, language, newId: randomId, history: historyOf(doc, language) }),
      draftKeys({ newId: randomId, onExit: () => exit.current?.focus() }),
      lineNumbers,
      placeMark,
      pasting({ newId: randomId, onFiles: () => session.told.refuseFiles() }),
      cleanTyping,
      wholeWords,
      editSize({ limit: MAX_EDIT_BYTES, onTooLarge: (words) => session.told.refuseEdit(words) }),
      draftCarets({
        timers: client.timers,
        send: (ends) => session.carets.send(ends),
        onCaret: (listener) => session.carets.listen(listener),
        layer: () => carets.current,
        personOf: (id) => {
          const state = client.store.snapshot().audiences.get('case')
          const person = state && personView(sliceOf(state, caseFold), id)
          return person && { letter: initials(person.name).charAt(0), who: person.who }
        },
      }),
    ]
    const made = new Editor({
      extensions,
      editable: false,
      injectCSS: false,
      enableContentCheck: false,
      // a text field has its name from its first moment on
      editorProps: { attributes: fieldAttributes(firstLabel.current, false, language) },
    })
    setEditor(made)
    const stopWatching = watchEditor(made, { doc, language, timers: client.timers, onFault: session.fail })
    const stopUnfit = session.onUnfit(() => made.destroy())
    const stopHearing = watchWriting(made.view.dom, session.frames.calm)
    return () => {
      stopHearing()
      stopUnfit()
      stopWatching()
      made.destroy()
    }
  }, [doc, language, session, client])
  useEffect(() => {
    editor?.setEditable(editable, false)
    editor?.setOptions({ editorProps: { attributes: fieldAttributes(label, editable, language) } })
  }, [editor, editable, label, language])
  const hands = closing?.hands
  useEffect(() => {
    if (!editor || !hands) return
    hands.current = handsOf(editor, { newId: randomId })
    return () => {
      hands.current = undefined
    }
  }, [editor, hands])
  return (
    <div className="draft-editor" data-mine={me.role}>
      {editor && editable && <DraftToolbar editor={editor} />}
      <Paper label={title}>
        <div className="draft-page">
          <EditorContent editor={editor ?? null} />
          <div ref={carets} className="draft-carets" aria-hidden="true" />
        </div>
      </Paper>
      {editor && editable && <LetterOffers editor={editor} />}
      <p id="draft-exit-hint" className="draft-exit-hint">
        {t('drafting.exitHint')}
      </p>
      <button type="button" ref={exit} className="draft-exit" onClick={() => editor?.commands.focus()}>
        {t('drafting.backToText')}
      </button>
    </div>
  )
}

function fieldAttributes(label: string, editable: boolean, language: Locale): Record<string, string> {
  return {
    class: 'draft-text',
    lang: language,
    'aria-label': label,
    'aria-describedby': 'draft-exit-hint',
    role: 'textbox',
    'aria-multiline': 'true',
    spellcheck: 'true',
    ...(editable ? {} : { 'aria-readonly': 'true' }),
  }
}
