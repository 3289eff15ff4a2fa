// A mediator's own notes, shown: the same editor and the same promises of saving as for the draft, for one person's eyes.
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { Paper } from '#client/ui/talk/Paper.tsx'
import { noteOf } from '#shared/document/case-documents.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDocument } from '#shared/drafting/drafting-policy.ts'
import { DocumentSheet } from '../DocumentSheet.tsx'
import { documentOfDraft } from '../document-of-draft.ts'
import { KeptWordsNotice } from '../KeptWordsNotice.tsx'
import { deletedPlace } from '../notices/concurrent-words.ts'
import { NewsNotices } from '../notices/NewsNotices.tsx'
import { PlainText } from '../PlainText.tsx'
import { SetAsideNotice } from '../SetAsideNotice.tsx'
import type { OpenDraft } from '../use-draft.ts'
import { DownloadNotes } from './DownloadNotes.tsx'
import { NoteTags } from './NoteTags.tsx'
import { countTags, type NoteTag, withTag } from './note-tags.ts'

export function NoteText({ draft, onHide }: { draft: OpenDraft | undefined; onHide: () => void }) {
  const t = useTexts()
  const { me } = useCase()
  const view = useView()
  const mayEdit = canEditDocument(noteOf(me.id), me, draftSituation(view, me))
  const aside = draft?.health.kind === 'aside' ? draft.health.cause : undefined
  const title = t('drafting.note.title')
  return (
    <>
      <div className="draft-notices">
        {aside && draft && <SetAsideNotice cause={aside} mediating onAgain={draft.session.openAgain} />}
        {draft?.refusal && <ProblemBanner problem={draft.refusal} onClose={draft.session.told.forgetRefusal} />}
        <KeptWordsNotice of="note" deleted={draft && deletedPlace(draft.news)} onClose={draft?.session.told.forgetCameBack} />
        {draft && <NewsNotices news={draft.news} onClose={(each) => draft.session.told.forget(each)} />}
        {!mayEdit && <Banner tone="info">{t('drafting.note.readOnly')}</Banner>}
      </div>
      {draft && draft.save.kind !== 'loading' ? (
        <Written draft={draft} editable={mayEdit} onHide={onHide} />
      ) : (
        <div className="draft-sheet">
          <Paper label={title}>
            <Skeleton lines={6} />
          </Paper>
        </div>
      )}
    </>
  )
}

function Written({ draft, editable, onHide }: { draft: OpenDraft; editable: boolean; onHide: () => void }) {
  const t = useTexts()
  const { state } = useCase()
  const [wanted, want] = useState<NoteTag>()
  const [leaving, setLeaving] = useState(false)
  const blocks = useBlocks(draft)
  const sides = state.facts?.sides ?? []
  const counts = countTags(blocks, sides)
  const chosen = wanted && counts.has(wanted) ? wanted : undefined
  const title = t('drafting.note.title')
  return (
    <>
      <div className="draft-note-acts">
        <Button size="s" onClick={onHide}>
          {t('drafting.note.hide')}
        </Button>
        <Button size="s" kind="quiet" onClick={() => setLeaving(true)}>
          {t('drafting.note.download')}
        </Button>
      </div>
      <NoteTags counts={counts} chosen={chosen} onChoose={want} />
      <div key={chosen} className="draft-sheet">
        {chosen ? (
          <>
            <Paper label={title}>
              <PlainText blocks={withTag(blocks, chosen, sides)} />
            </Paper>
            <Button size="s" onClick={() => want(undefined)}>
              {t('drafting.note.whole')}
            </Button>
          </>
        ) : (
          <DocumentSheet
            draft={draft}
            label={t('drafting.note.field')}
            title={title}
            editable={editable && draft.health.kind === 'whole'}
          />
        )}
      </div>
      {leaving && <DownloadNotes blocks={blocks} onClose={() => setLeaving(false)} />}
    </>
  )
}

/** The text as it is typed. */
function useBlocks({ doc, language }: OpenDraft): readonly DocumentBlock[] {
  const count = useMemo(() => ({ of: doc, changes: 0 }), [doc])
  const subscribe = useCallback(
    (listener: () => void) => {
      const changed = () => {
        count.changes++
        listener()
      }
      doc.on('update', changed)
      return () => doc.off('update', changed)
    },
    [doc, count],
  )
  const changes = useSyncExternalStore(subscribe, () => count.changes)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is read anew with each change of it
  return useMemo(() => documentOfDraft(doc, language), [doc, language, changes])
}
