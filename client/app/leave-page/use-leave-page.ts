// Leaving the page of one case: this page, and the other pages of this browser.
import { useCallback, useContext, useEffect, useRef } from 'react'
import { deviceStorage } from '#client/app/device-storage.ts'
import { phoneStores } from '#client/app/phone/phone-stores.ts'
import { peopleOnPhone } from '#client/identity/phone/people-on-phone.ts'
import { rememberedPeople } from '#client/identity/sessions/remembered-people.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { DATABASE } from '#client/realtime/database-disk.ts'
import { keepInEntry, keptInEntry } from '#client/ui/state/history-entry.ts'
import { personSignOut } from '#shared/identity/join-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { requestOf } from '#shared/protocol/route.ts'
import { leavePage } from './leave-page.ts'
import { WorkerContext } from './worker-context.ts'

const CHANNEL = 'away'
const TOLD = 'exitTold'

/** Rests in the tab's history: nothing of it stays on the device. */
export const exitTold = {
  isTold: () => keptInEntry(TOLD) === true,
  tell: () => keepInEntry(TOLD, true),
}

export function useLeavePage(client: CaseClient, me: ParticipantId): () => void {
  const registered = useContext(WorkerContext)
  const channel = useRef<BroadcastChannel>(undefined)
  const leave = useCallback(() => {
    const people = rememberedPeople(deviceStorage()).all()
    const given = peopleOnPhone(phoneStores())
    const ids = new Set([me, ...[...people, ...given].map(({ participantId }) => participantId)])
    void leavePage({
      page: window,
      database: DATABASE,
      registered,
      endings: [...ids].map((participantId) => requestOf(personSignOut, { participantId }).url),
      forget() {
        client.wipe()
        client.close()
      },
    })
  }, [client, me, registered])
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return
    const open = new BroadcastChannel(CHANNEL)
    channel.current = open
    open.onmessage = leave
    return () => open.close()
  }, [leave])
  return useCallback(() => {
    channel.current?.postMessage('')
    leave()
  }, [leave])
}
