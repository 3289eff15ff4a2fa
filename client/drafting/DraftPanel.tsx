// The draft beside the conversation: its text on paper, whether it is saved, and how it comes to be closed for signing.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { useKeptBlock } from '#client/ui/frame/use-kept-block.ts'
import type { AskedPrint } from '#client/ui/print/PrintSheet.tsx'
import { Paper } from '#client/ui/talk/Paper.tsx'
import { mayAtAll } from '#shared/cases/may.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { editDraftAct, sayReadyAct } from '#shared/drafting/drafting-acts.ts'
import type { DraftSituation } from '#shared/drafting/drafting-policy.ts'
import { canEditDraft } from '#shared/drafting/drafting-policy.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { ClosingFaults } from './closing/ClosingFaults.tsx'
import { useClosing } from './closing/use-closing.ts'
import { DocumentSheet } from './DocumentSheet.tsx'
import { DraftNotices } from './DraftNotices.tsx'
import { KeptWordsNotice } from './KeptWordsNotice.tsx'
import { AsideBar, MediatorBar } from './MediatorBar.tsx'
import { deletedPlace } from './notices/concurrent-words.ts'
import { NewsNotices } from './notices/NewsNotices.tsx'
import { PrintedDraft } from './PrintedDraft.tsx'
import { ReadyBar } from './ReadyBar.tsx'
import { SaveStatus } from './SaveStatus.tsx'
import { SetAsideNotice } from './SetAsideNotice.tsx'
import './reasons.ts'
import { RestoringNotices } from './restoring/RestoringNotices.tsx'
import { useSettlement } from './use-draft.ts'
import { useRoomForWriting } from './use-room-for-writing.ts'
import { useStillText } from './use-still-text.ts'
import './draft.css'

export function DraftPanel({ print }: { print?: AskedPrint | undefined }) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const view = useView()
  const draft = useSettlement()
  const state = useSlice(draftFold, 'all')
  const spacious = useRoomForWriting()
  const still = useStillText()
  useKeptBlock(still.text, 'draft')
  const closing = useClosing(draft)
  const [writing, setWriting] = useState(false)
  const situation = draftSituation(view, me)
  const over = isMediationOver(situation.phase)
  const mayEdit = canEditDraft(me, situation)
  const whole = draft !== undefined && draft.health.kind === 'whole'
  const aside = draft?.health.kind === 'aside' ? draft.health.cause : undefined
  // The log tells of the closing before the text's own sequence does; nobody may write from then on.
  const closed = draft?.closed === true || situation.draft !== 'open'
  const writable = mayEdit && whole && !closed
  const editable = writable && draft.save.kind !== 'loading' && (spacious || writing)
  return (
    <div className="draft" data-writing={editable || undefined}>
      <header className="draft-top">
        <h2>{t('drafting.title')}</h2>
        <SaveStatus save={draft?.save ?? { kind: 'loading' }} time={f.exactTime} writable={writable} />
        {!spacious && writable && (
          <Button icon={writing ? 'check' : 'pen'} size="s" aria-pressed={writing} onClick={() => setWriting(!writing)}>
            {writing ? t('drafting.done') : t('drafting.edit')}
          </Button>
        )}
      </header>
      <div ref={still.above} className="draft-notices">
        {draft && aside && <SetAsideNotice cause={aside} mediating={mediates(me)} onAgain={draft.session.openAgain} />}
        {draft?.refusal && <ProblemBanner problem={draft.refusal} onClose={draft.session.told.forgetRefusal} />}
        <KeptWordsNotice deleted={draft && deletedPlace(draft.news)} onClose={draft?.session.told.forgetCameBack} />
        {draft && <NewsNotices news={draft.news} onClose={(each) => draft.session.told.forget(each)} />}
        <RestoringNotices />
        {draft && <DraftNotices closed={closed} fullness={draft.fullness} lastOpened={state?.lastOpened} faults={closing.faults} />}
        {!mayEdit && !aside && !closed && <Banner tone="info">{t(readOnlyWords(me, situation, over))}</Banner>}
      </div>
      <div ref={still.text} className="draft-sheet">
        {draft && draft.save.kind !== 'loading' ? (
          <DocumentSheet draft={draft} label={t('drafting.text')} title={t('drafting.title')} editable={editable} closing={closing} />
        ) : (
          <Paper label={t('drafting.title')}>
            <Skeleton lines={12} />
          </Paper>
        )}
      </div>
      {whole && !closed && (spacious || !writing) && <ClosingFaults closing={closing} writable={writable} />}
      {draft && draft.save.kind !== 'loading' && <PrintedDraft draft={draft} asked={print} />}
      {aside && mediates(me) && <AsideBar view={view} me={me} />}
      {draft && !aside && mediates(me) && <MediatorBar draft={draft} view={view} me={me} closing={closing} />}
      {/* With the keyboard up there is room for the text alone. */}
      {draft && !aside && !over && mayAtAll(me, sayReadyAct, 'all') && (spacious || !writing) && (
        <ReadyBar draft={draft} view={view} me={me} />
      )}
    </div>
  )
}

/** Why the text is only to be read here. */
function readOnlyWords(me: Person, { locked, session }: DraftSituation, over: boolean) {
  if (over) return 'drafting.readOnly.over' as const
  if (!mayAtAll(me, editDraftAct, 'all')) return 'drafting.readOnly.role' as const
  return locked && session ? ('drafting.readOnly.locked' as const) : ('drafting.readOnly' as const)
}
