// The draft's place: the editor while the text is open, the signing of it while it is closed. Both are fetched when they are first needed,
// and whatever happens in them ends here.
import { type ComponentProps, type ReactNode, useMemo } from 'react'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import type { DraftPanel } from '#client/drafting/DraftPanel.tsx'
import { KeptWordsNotice } from '#client/drafting/KeptWordsNotice.tsx'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import type { SigningPanel } from '#client/signing/SigningPanel.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import type { AskedPrint } from '#client/ui/print/PrintSheet.tsx'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { DraftFailed } from './DraftFailed.tsx'
import './room.css'

const DRAFT: Part<ComponentProps<typeof DraftPanel>> = {
  groups: ['draft'],
  load: async () => (await import('#client/drafting/DraftPanel.tsx')).DraftPanel,
}
const SIGNING: Part<ComponentProps<typeof SigningPanel>> = {
  groups: ['draft'],
  load: async () => (await import('#client/signing/SigningPanel.tsx')).SigningPanel,
}

const REOPENED: Part<object> = { groups: ['draft'], load: async () => (await import('#client/signing/ReopenedNotice.tsx')).ReopenedNotice }

interface DraftColumnProps {
  readonly session: RoomSession
  readonly print: AskedPrint | undefined
}

export function DraftColumn({ session, print }: DraftColumnProps) {
  const t = useTexts()
  const draft = useSlice(draftFold, 'all')
  const closed = draft?.phase.kind === 'frozen'
  const opening = <Loading>{t('rooms.draft.loading')}</Loading>
  return (
    <section className="app-draft" aria-label={t('rooms.tab.draft')}>
      {closed ? (
        <Guarded key="signing" title={t('rooms.signing.failed')}>
          <Signing session={session} print={print} opening={opening} />
        </Guarded>
      ) : (
        <Guarded key="draft" title={t('rooms.draft.failed')}>
          {draft?.lastOpened?.kind === 'reopened' && <LazyPart part={REOPENED} props={{}} fallback={null} />}
          <LazyPart part={DRAFT} props={{ print }} fallback={opening} />
        </Guarded>
      )}
    </section>
  )
}

function Signing({ session, print, opening }: DraftColumnProps & { readonly opening: ReactNode }) {
  const tools = useTools()
  const api = useMemo(() => authorisedApi(tools.api, session), [tools.api, session])
  return (
    <>
      <KeptWordsNotice />
      <LazyPart part={SIGNING} props={{ api, print }} fallback={opening} />
    </>
  )
}

function Guarded({ title, children }: { title: string; children: ReactNode }) {
  return <PartBoundary fallback={(part) => <DraftFailed {...part} title={title} />}>{children}</PartBoundary>
}
