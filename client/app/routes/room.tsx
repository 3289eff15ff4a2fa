// The room's composition root on the device: connection, store and talk of one case made for as long as the page shows it; the only place here
// that touches the real clock, timers, randomness and storage.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { deviceStorage } from '#client/app/preferences.ts'
import { RoomStage } from '#client/app/room/RoomStage.tsx'
import { registerRoomReasons } from '#client/app/room/reasons.ts'
import { roomEventsFold } from '#client/caucus/room-events.ts'
import { createTalkStore } from '#client/messaging/talk-store.ts'
import { TalkProvider } from '#client/messaging/use-talk.tsx'
import { type CaseClient, openCase } from '#client/realtime/case-client.ts'
import { createCaseStorage } from '#client/realtime/device-storage.ts'
import { socketTransport } from '#client/realtime/transport.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { textEventsFold } from '#client/signing/text-events.ts'
import { Loading } from '#client/ui/feedback/states.tsx'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import type { Fold } from '#shared/log/fold.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { roomFold } from '#shared/rooms/room-state.ts'

const clock: Clock = { now: () => Date.now() }
const timers: Timers = {
  after(milliseconds, run) {
    const timer = window.setTimeout(run, milliseconds)
    return () => window.clearTimeout(timer)
  },
}
const entropy: Entropy = { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) }
const digest = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
const folds: readonly Fold[] = [...DEVICE_FOLDS, roomEventsFold as Fold, textEventsFold as Fold] // a list of folds of many states

registerRoomReasons()

export function RoomRoute({ session }: { session: RoomSession }) {
  const [client, setClient] = useState<CaseClient>()
  useEffect(() => {
    const opened = open(session)
    setClient(opened)
    return () => opened.close()
  }, [session])
  if (!client) return <Loading />
  return <Room key={client.caseId} client={client} session={session} />
}

function open(session: RoomSession): CaseClient {
  const { caseId, participantId } = session
  const browserStorage = session.storeOutbox && participantId ? deviceStorage() : undefined
  return openCase({
    caseId,
    openTransport: socketTransport(),
    freshToken: session.freshToken,
    clock,
    timers,
    entropy,
    folds,
    events: DEVICE_EVENTS,
    digest,
    reads: (state, me) => sliceOf(state, roomFold).members[me]?.until === undefined,
    storage:
      browserStorage && participantId
        ? createCaseStorage(browserStorage, { caseId, participantId, page: base64url(entropy.bytes(6, 'page')) })
        : undefined,
  })
}

function Room({ client, session }: { client: CaseClient; session: RoomSession }) {
  const [, navigate] = useLocation()
  const talk = useMemo(() => createTalkStore(client), [client])
  useEffect(() => {
    const awake = () => {
      if (document.visibilityState === 'visible') client.awake()
    }
    const guard = (event: BeforeUnloadEvent) => {
      // what the device keeps is there again after a reload; what lives in memory alone would be lost
      if (talk.atRisk() && !client.storage?.works()) event.preventDefault()
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
  return (
    <CaseProvider client={client}>
      <TalkProvider store={talk}>
        <RoomStage session={session} onGone={gone} onReload={() => window.location.reload()} onNavigate={navigate} />
      </TalkProvider>
    </CaseProvider>
  )
}
