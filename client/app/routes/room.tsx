// The room's composition root on the device: connection, store and talk of one case made for as long as the page shows it; the only place here
// that touches the real clock, timers, randomness and storage.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { Part } from '#client/app/lazy-part.tsx'
import type { QuickExitShown } from '#client/app/leave-page/QuickExit.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { RoomStage } from '#client/app/room/RoomStage.tsx'
import { registerRoomReasons } from '#client/app/room/reasons.ts'
import { useKeptFiles } from '#client/app/room/use-kept-files.ts'
import { roomEventsFold } from '#client/caucus/room-events.ts'
import { hasUnsentEdits } from '#client/drafting/unsent-place.ts'
import { FileAccessContext } from '#client/files/file-access.ts'
import { filesSaid } from '#client/files/files-said.ts'
import { createTalkStore } from '#client/messaging/talk-store.ts'
import { TalkProvider } from '#client/messaging/use-talk.tsx'
import { SaidBesideContext } from '#client/messaging/use-unread.ts'
import { type CaseClient, openCase } from '#client/realtime/case-client.ts'
import { standAsOpen } from '#client/realtime/stand-as-open.ts'
import { socketTransport } from '#client/realtime/transport.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { QuickExitContext } from '#client/rooms/quick-exit.ts'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { fetchedCode } from '#client/ui/feedback/fetched.ts'
import { Loading } from '#client/ui/feedback/states.tsx'
import { settlementOf } from '#shared/document/case-documents.ts'
import { FIRST_KINDS } from '#shared/first-catalogue.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import type { Fold } from '#shared/log/fold.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { roomFold, wordsAfter } from '#shared/rooms/room-state.ts'
import { openCaseStorage } from './case-on-device.ts'

const clock: Clock = { now: () => Date.now() }
const timers: Timers = {
  after(milliseconds, run) {
    const timer = window.setTimeout(run, milliseconds)
    return () => window.clearTimeout(timer)
  },
}
const entropy: Entropy = { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) }
const digest = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
/** Of our server, not of a hotel's page that answers in its place. */
const isReachable = async () => {
  const answer = await fetch('/healthz', { cache: 'no-store' })
  return answer.ok && ((await answer.json()) as { healthy?: unknown }).healthy === true
}
const folds: readonly Fold[] = [...FIRST_KINDS.folds, roomEventsFold as Fold] // a list of folds of many states
const fetchLater = () => fetchedCode(async () => (await import('#client/app/room/later-kinds.ts')).LATER)

const EXIT: Part<QuickExitShown> = {
  groups: ['exit'],
  load: async () => (await import('#client/app/leave-page/QuickExit.tsx')).QuickExit,
}

registerRoomReasons()

export function RoomRoute({ session }: { session: RoomSession }) {
  const [client, setClient] = useState<CaseClient>()
  useEffect(() => {
    let over = false
    const opening = open(session)
    void opening.then((opened) => {
      if (!over) setClient(opened.client)
    })
    return () => {
      over = true
      void opening.then((opened) => opened.close())
    }
  }, [session])
  if (!client) return <Loading />
  return <Room key={client.caseId} client={client} session={session} />
}

interface OpenRoom {
  readonly client: CaseClient
  close(): void
}

async function open(session: RoomSession): Promise<OpenRoom> {
  const { caseId, participantId } = session
  const page = base64url(entropy.bytes(6, 'page'))
  const leave = standAsOpen(navigator.locks, page)
  const storage = session.storeOutbox && participantId ? await openCaseStorage({ caseId, participantId, page }, timers) : undefined
  const client = openCase({
    caseId,
    openTransport: socketTransport(),
    freshToken: session.freshToken,
    ownCode: session.ownCode,
    isReachable,
    clock,
    timers,
    entropy,
    folds,
    events: FIRST_KINDS.events,
    fetchLater,
    digest,
    reads: (state, me) => sliceOf(state, roomFold).members[me]?.until === undefined,
    wordsAfter: (state, me) => wordsAfter(sliceOf(state, roomFold), me),
    storage,
  })
  if (storage && participantId) {
    client.unsent.set('draft', hasUnsentEdits(storage.device, { caseId, participantId, documentId: settlementOf(caseId).id }))
    client.unsent.count({ waiting: storage.files.load().length, refused: 0, unkept: 0 })
  }
  return {
    client,
    close() {
      client.close()
      leave()
    },
  }
}

function Room({ client, session }: { client: CaseClient; session: RoomSession }) {
  const [, navigate] = useLocation()
  const talk = useMemo(() => createTalkStore(client), [client])
  useKeptFiles(client, session)
  useEffect(() => {
    const awake = () => {
      if (document.visibilityState === 'visible') client.awake()
    }
    const guard = (event: BeforeUnloadEvent) => {
      // what the device keeps is there again after a reload; what lives in memory alone would be lost
      if ((talk.atRisk() && !client.storage?.works()) || client.unsent.counted.state().unkept > 0) event.preventDefault()
    }
    document.addEventListener('visibilitychange', awake)
    window.addEventListener('online', awake)
    window.addEventListener('offline', client.offline)
    window.addEventListener('beforeunload', guard)
    return () => {
      document.removeEventListener('visibilitychange', awake)
      window.removeEventListener('online', awake)
      window.removeEventListener('offline', client.offline)
      window.removeEventListener('beforeunload', guard)
    }
  }, [client, talk])
  const gone = useCallback(() => {
    client.wipe()
    client.close()
    session.onGone()
  }, [client, session])
  const [exit, setExit] = useState<() => void>()
  const onExit = useCallback((press: (() => void) | undefined) => setExit(() => press), [])
  const me = session.participantId
  return (
    <CaseProvider client={client}>
      <TalkProvider store={talk}>
        <FileAccessContext value={session}>
          <SaidBesideContext value={filesSaid}>
            <QuickExitContext value={exit}>
              <RoomStage session={session} onGone={gone} onReload={() => window.location.reload()} onNavigate={navigate} />
            </QuickExitContext>
          </SaidBesideContext>
        </FileAccessContext>
        {me && <QuietPart part={EXIT} props={{ client, me, onReady: onExit }} />}
      </TalkProvider>
    </CaseProvider>
  )
}
