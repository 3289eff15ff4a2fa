// The draft's place: the editor while the text is open, the signing of it while it is closed. Both are fetched when they are first needed.
import { Suspense, useMemo } from 'react'
import { useLazyPart } from '#client/app/lazy-part.tsx'
import { KeptWordsNotice } from '#client/drafting/KeptWordsNotice.tsx'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { Loading } from '#client/ui/feedback/states.tsx'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { caseApi } from './case-api.ts'
import './room.css'

export function DraftColumn({ session }: { session: RoomSession }) {
  const t = useTexts()
  const DraftPanel = useLazyPart(['draft'], async () => (await import('#client/drafting/DraftPanel.tsx')).DraftPanel)
  const SigningPanel = useLazyPart(['draft'], async () => (await import('#client/signing/SigningPanel.tsx')).SigningPanel)
  const tools = useTools()
  const api = useMemo(() => caseApi(tools.api, session), [tools.api, session])
  const closed = useSlice(draftFold, 'all')?.phase.kind === 'frozen'
  return (
    <section className="app-draft" aria-label={t('rooms.tab.draft')}>
      <Suspense fallback={<Loading>{t('rooms.draft.loading')}</Loading>}>
        {closed && <KeptWordsNotice />}
        {closed ? <SigningPanel api={api} /> : <DraftPanel />}
      </Suspense>
    </section>
  )
}
