// Beside the text: what was taken out of it and can come back, what came back, and who did it.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDraft } from '#shared/drafting/drafting-policy.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'
import type { DeletionId } from '#shared/kernel/ids.ts'
import { DeletionBanner } from './DeletionBanner.tsx'
import { deletionNotices, restorationNotice, toldUntil } from './notice-of.ts'
import { restorationWords } from './told-words.ts'
import { useSeconds } from './use-seconds.ts'

interface RestoringNoticesProps {
  /** Where the text itself is not in view: the newest alone, with a way to the text. */
  readonly onShow?: () => void
}

export function RestoringNotices({ onShow }: RestoringNoticesProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const view = useView()
  const restoring = useSlice(restoringFold, 'all') ?? restoringFold.initial
  const now = useSeconds(toldUntil(restoring))
  const [read, setRead] = useState(0)
  const [held, setHeld] = useState<readonly DeletionId[]>([])
  const to = { t, f, state, me }
  const deletions = deletionNotices(restoring, now, held).slice(0, onShow && 1)
  const told = onShow ? undefined : restorationNotice(restoring, now)
  const restoration = told && (told.kind === 'under-way' || told.at > read) ? told : undefined
  return (
    <>
      {deletions.map((notice) => (
        <DeletionBanner
          key={notice.deletion.deletionId}
          notice={notice}
          to={to}
          mayUndo={canEditDraft(me, draftSituation(view, me))}
          onShow={onShow}
          onHold={(hold) => setHeld((others) => withOrWithout(others, notice.deletion.deletionId, hold))}
        />
      ))}
      {restoration && (
        <Banner
          tone={restoration.kind === 'failed' ? 'warn' : 'info'}
          icon={restoration.kind === 'under-way' ? 'clock' : restoration.kind === 'failed' ? 'warn' : 'undo'}
          title={restorationWords(restoration, to).title}
          {...(restoration.kind !== 'under-way' && { onClose: () => setRead(restoration.at) })}
        >
          {restorationWords(restoration, to).text}
        </Banner>
      )}
    </>
  )
}

function withOrWithout(ids: readonly DeletionId[], id: DeletionId, wanted: boolean): readonly DeletionId[] {
  const others = ids.filter((each) => each !== id)
  return wanted ? [...others, id] : others
}
