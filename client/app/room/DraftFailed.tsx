// In the draft's place when it cannot be shown: what is safe and what is not, and the way back. Where the connection was lost, it opens by
// itself once the connection is there again.
import { useEffect, useRef } from 'react'
import { KeptWordsNotice } from '#client/drafting/KeptWordsNotice.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useConnectionState, useDeviceKeeps } from '#client/realtime/use-case.tsx'
import { type BrokenPart, PartFailed } from '#client/ui/feedback/PartBoundary.tsx'

export function DraftFailed({ problem, again, title }: BrokenPart & { title: string }) {
  const t = useTexts()
  const keeps = useDeviceKeeps()
  const live = useConnectionState().kind === 'live'
  const wasLive = useRef(live)
  useEffect(() => {
    // once for each connection that comes back: a part that breaks by itself must not open again and again
    if (live && !wasLive.current && problem.kind !== 'internal') again()
    wasLive.current = live
  }, [live, problem.kind, again])
  return (
    <>
      <KeptWordsNotice />
      <PartFailed problem={problem} again={again} title={title}>
        <p>{t(keeps ? 'rooms.draft.failed.text' : 'rooms.draft.failed.memory')}</p>
      </PartFailed>
    </>
  )
}
