// The draft's place: the editor while the text is open, the signing of it while it is closed. Both are fetched when they are first needed,
// and whatever happens in them ends here.
import { type ReactNode, Suspense, useMemo } from 'react'
import { useLazyPart } from '#client/app/lazy-part.tsx'
import { KeptWordsNotice } from '#client/drafting/KeptWordsNotice.tsx'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { caseApi } from './case-api.ts'
import { DraftFailed } from './DraftFailed.tsx'
import './room.css'

export function DraftColumn({ session }: { session: RoomSession }) {
  const t = useTexts()
  const closed = useSlice(draftFold, 'all')?.phase.kind === 'frozen'
  return (
    <section className="app-draft" aria-label={t('rooms.tab.draft')}>
      {closed ? (
        <Guarded key="signing" title={t('rooms.signing.failed')}>
          <Signing session={session} />
        </Guarded>
      ) : (
        <Guarded key="draft" title={t('rooms.draft.failed')}>
          <Draft />
        </Guarded>
      )}
    </section>
  )
}

function Draft() {
  const DraftPanel = useLazyPart(['draft'], async () => (await import('#client/drafting/DraftPanel.tsx')).DraftPanel)
  return <DraftPanel />
}

function Signing({ session }: { session: RoomSession }) {
  const SigningPanel = useLazyPart(['draft'], async () => (await import('#client/signing/SigningPanel.tsx')).SigningPanel)
  const tools = useTools()
  const api = useMemo(() => caseApi(tools.api, session), [tools.api, session])
  return (
    <>
      <KeptWordsNotice />
      <SigningPanel api={api} />
    </>
  )
}

function Guarded({ title, children }: { title: string; children: ReactNode }) {
  const t = useTexts()
  return (
    <PartBoundary fallback={(part) => <DraftFailed {...part} title={title} />}>
      <Suspense fallback={<Loading>{t('rooms.draft.loading')}</Loading>}>{children}</Suspense>
    </PartBoundary>
  )
}
