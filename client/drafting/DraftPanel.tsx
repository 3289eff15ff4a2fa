// The draft beside the conversation: its text on paper, whether it is saved, and how it comes to be closed for signing.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { Paper } from '#client/ui/talk/Paper.tsx'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDraft } from '#shared/drafting/drafting-policy.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { DraftEditor } from './DraftEditor.tsx'
import { DraftNotices } from './DraftNotices.tsx'
import { documentOfDraft } from './document-of-draft.ts'
import { KeptWordsNotice } from './KeptWordsNotice.tsx'
import { MediatorBar } from './MediatorBar.tsx'
import { PlainText } from './PlainText.tsx'
import { ReadyBar } from './ReadyBar.tsx'
import { SaveStrip } from './SaveStrip.tsx'
import { SetAsideNotice } from './SetAsideNotice.tsx'
import './reasons.ts'
import { type OpenDraft, useDraft } from './use-draft.ts'
import { useRoomForWriting } from './use-room-for-writing.ts'
import './draft.css'

export function DraftPanel() {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const view = useView()
  const draft = useDraft(me.id)
  const state = useSlice(draftFold, 'all')
  const spacious = useRoomForWriting()
  const [writing, setWriting] = useState(false)
  const mayEdit = canEditDraft(draftSituation(view, me))
  const whole = draft !== undefined && draft.health.kind === 'whole'
  const aside = draft?.health.kind === 'aside' ? draft.health.cause : undefined
  const editable = mayEdit && whole && draft.save.kind !== 'loading' && !draft.closed && (spacious || writing)
  return (
    <div className="draft" data-writing={editable || undefined}>
      <header className="draft-top">
        <h2>{t('drafting.title')}</h2>
        <SaveStrip save={draft?.save ?? { kind: 'loading' }} time={f.exactTime} />
        {!spacious && mayEdit && whole && !draft.closed && (
          <Button icon={writing ? 'check' : 'pen'} size="s" aria-pressed={writing} onClick={() => setWriting(!writing)}>
            {writing ? t('drafting.done') : t('drafting.edit')}
          </Button>
        )}
      </header>
      <div className="draft-notices">
        {draft && aside && <SetAsideNotice cause={aside} mediating={me.role === 'mediator'} onAgain={draft.provider.openAgain} />}
        {draft?.refusal && <ProblemBanner problem={draft.refusal} onClose={draft.provider.forgetRefusal} />}
        <KeptWordsNotice />
        {draft && <DraftNotices closed={draft.closed} fullness={draft.fullness} lastOpened={state?.lastOpened} />}
        {!mayEdit && !aside && !draft?.closed && <Banner tone="info">{t('drafting.readOnly')}</Banner>}
      </div>
      <div className="draft-sheet">
        {draft && draft.save.kind !== 'loading' ? (
          <DraftSheet draft={draft} editable={editable} />
        ) : (
          <Paper label={t('drafting.title')}>
            <Skeleton lines={12} />
          </Paper>
        )}
      </div>
      {draft && !aside && me.role === 'mediator' && <MediatorBar draft={draft} view={view} me={me} />}
      {/* With the keyboard up there is room for the text alone. */}
      {draft && !aside && me.role !== 'mediator' && (spacious || !writing) && <ReadyBar draft={draft} view={view} me={me} />}
    </div>
  )
}

/** The editor, or the text for reading where the editor cannot have it. A fault of the editor ends here and leaves what can be read. */
function DraftSheet({ draft, editable }: { draft: OpenDraft; editable: boolean }) {
  const t = useTexts()
  const { doc, health, provider } = draft
  if (health.kind !== 'whole') {
    return (
      <Paper label={t('drafting.title')}>
        <PlainText document={documentOfDraft(doc)} />
      </Paper>
    )
  }
  return (
    <PartBoundary key={doc.clientID} onFault={provider.fail} fallback={() => null}>
      <DraftEditor doc={doc} provider={provider} editable={editable} />
    </PartBoundary>
  )
}
