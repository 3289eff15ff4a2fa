import { useCallback, useMemo } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { HandOver } from '#client/identity/phone/HandOver.tsx'
import { addToPhone } from '#client/identity/phone/people-on-phone.ts'
import { useTalkStore } from '#client/messaging/use-talk.tsx'
import { createUnsentForms } from '#client/realtime/unsent-forms.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { personView } from '#client/rooms/people.ts'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { personHandOver } from '#shared/identity/phone-protocol.ts'
import { coverPhone } from './cover-phone.ts'
import { phoneStores } from './phone-stores.ts'
import { dropMark, markToForget } from './to-forget.ts'

export interface GiveAwayShown {
  readonly session: RoomSession
  readonly onClose: () => void
}

export function GiveAway({ session, onClose }: GiveAwayShown) {
  const { api } = useTools()
  const client = useCaseClient()
  const talk = useTalkStore()
  const { state, me } = useCase()
  const name = personView(state, me.id)?.name ?? ''
  const { caseId, keep } = session
  const unsent = useMemo(() => {
    const { waiting, refused } = client.unsent.counted.state()
    const words = Object.values(talk.state().words).some((typed) => typed)
    const forms = Object.keys(client.owned(createUnsentForms).state()).length > 0
    return words || forms || talk.atRisk() || client.outbox.entries().length > 0 || client.unsent.any.state() || waiting + refused > 0
  }, [client, talk])
  const ask = useCallback(
    async (code: string | undefined) => {
      const whose = { caseId, participantId: me.id }
      markToForget(whose)
      try {
        await api.call(personHandOver, { participantId: me.id, ...(code === undefined ? {} : { code }) })
      } catch (cause) {
        dropMark(whose) // not given away: nothing is taken
        throw cause
      }
    },
    [api, caseId, me.id],
  )
  const given = useCallback(() => {
    addToPhone(phoneStores(), { caseId, participantId: me.id, name, keep })
    client.wipe()
    client.close()
    void coverPhone(window, { caseId, participantId: me.id })
  }, [client, caseId, me.id, name, keep])
  return <HandOver {...{ unsent, ask, onClose }} onGiven={given} />
}
