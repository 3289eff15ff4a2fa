// A mediator's own notes. A screen gets shared by mistake, and no page can know that it is: so their words are not even drawn before they
// are asked for, and go again with the room they were shown in and when the page is left.
import { useEffect, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { type CaseDocument, noteOf } from '#shared/document/case-documents.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDocument } from '#shared/drafting/drafting-policy.ts'
import { audienceKind } from '#shared/kernel/audience.ts'
import { NoteText } from './notes/NoteText.tsx'
import { SaveStatus } from './SaveStatus.tsx'
import './reasons.ts'
import { useNote } from './use-draft.ts'
import './draft.css'
import './notes/notes.css'

interface NotePanelProps {
  /** The room that is shown, or the board. */
  readonly where: string
}

export function NotePanel({ where }: NotePanelProps) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const view = useView()
  const draft = useNote(me.id)
  const note = noteOf(me.id)
  const [shownIn, showIn] = useState<string>()
  if (shownIn !== undefined && shownIn !== where) showIn(undefined)
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState === 'hidden') showIn(undefined)
    }
    document.addEventListener('visibilitychange', hide)
    return () => document.removeEventListener('visibilitychange', hide)
  }, [])
  const mayEdit = canEditDocument(note, me, draftSituation(view, me))
  return (
    <div className="draft" data-writing={mayEdit || undefined}>
      <Readers document={note} />
      <header className="draft-top">{draft && <SaveStatus save={draft.save} time={f.exactTime} writable={mayEdit} />}</header>
      {shownIn === where ? (
        <NoteText draft={draft} onHide={() => showIn(undefined)} />
      ) : (
        <div className="draft-note-hidden">
          <h3>{t('drafting.note.hidden')}</h3>
          <p>{t('drafting.note.hidden.words')}</p>
          <Button kind="primary" onClick={() => showIn(where)}>
            {t('drafting.note.show')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Who reads a document, by its audience and nothing else. */
function Readers({ document }: { document: CaseDocument }) {
  const t = useTexts()
  if (audienceKind(document.audience) !== 'self') return null
  return (
    <Ribbon who="self" more={t('drafting.note.only-you.more')}>
      {t('drafting.note.only-you')}
    </Ribbon>
  )
}
