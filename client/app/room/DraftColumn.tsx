// The draft's place: the editor while the text is open, the signing of it while it is closed. Both are fetched when they are first needed.
import { lazy, Suspense, useMemo } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { Loading } from '#client/ui/feedback/states.tsx'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { caseApi } from './case-api.ts'

const DraftPanel = lazy(async () => ({ default: (await import('#client/drafting/DraftPanel.tsx')).DraftPanel }))
const SigningPanel = lazy(async () => ({ default: (await import('#client/signing/SigningPanel.tsx')).SigningPanel }))

export function DraftColumn({ session }: { session: RoomSession }) {
  const t = useTexts()
  const tools = useTools()
  const api = useMemo(() => caseApi(tools.api, session), [tools.api, session])
  const closed = useSlice(draftFold, 'all')?.phase.kind === 'frozen'
  return (
    <Suspense fallback={<Loading>{t('rooms.draft.loading')}</Loading>}>{closed ? <SigningPanel api={api} /> : <DraftPanel />}</Suspense>
  )
}
