// A mediator's own notes: the same editor and the same promises of saving as for the draft, for one person's eyes.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { Paper } from '#client/ui/talk/Paper.tsx'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { type CaseDocument, noteOf } from '#shared/document/case-documents.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDocument } from '#shared/drafting/drafting-policy.ts'
import { audienceKind } from '#shared/kernel/audience.ts'
import { DocumentSheet } from './DocumentSheet.tsx'
import { KeptWordsNotice } from './KeptWordsNotice.tsx'
import { deletedPlace } from './notices/concurrent-words.ts'
import { NewsNotices } from './notices/NewsNotices.tsx'
import { SaveStatus } from './SaveStatus.tsx'
import { SetAsideNotice } from './SetAsideNotice.tsx'
import './reasons.ts'
import { useNote } from './use-draft.ts'
import './draft.css'

export function NotePanel() {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const view = useView()
  const draft = useNote(me.id)
  const note = noteOf(me.id)
  const mayEdit = canEditDocument(note, me, draftSituation(view, me))
  const aside = draft?.health.kind === 'aside' ? draft.health.cause : undefined
  const loading = !draft || draft.save.kind === 'loading'
  const title = t('drafting.note.title')
  return (
    <div className="draft" data-writing={mayEdit || undefined}>
      <Readers document={note} />
      <header className="draft-top">{draft && <SaveStatus save={draft.save} time={f.exactTime} writable={mayEdit} />}</header>
      <div className="draft-notices">
        {aside && draft && <SetAsideNotice cause={aside} mediating onAgain={draft.session.openAgain} />}
        {draft?.refusal && <ProblemBanner problem={draft.refusal} onClose={draft.session.told.forgetRefusal} />}
        <KeptWordsNotice of="note" deleted={draft && deletedPlace(draft.news)} onClose={draft?.session.told.forgetCameBack} />
        {draft && <NewsNotices news={draft.news} onClose={(each) => draft.session.told.forget(each)} />}
        {!mayEdit && <Banner tone="info">{t('drafting.note.readOnly')}</Banner>}
      </div>
      <div className="draft-sheet">
        {loading ? (
          <Paper label={title}>
            <Skeleton lines={6} />
          </Paper>
        ) : (
          <DocumentSheet draft={draft} label={t('drafting.note.field')} title={title} editable={mayEdit && draft.health.kind === 'whole'} />
        )}
      </div>
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
