import { useTools } from '#client/http/tools.tsx'
import { addToPhone } from '#client/identity/phone/people-on-phone.ts'
import { StillIn } from '#client/identity/phone/StillIn.tsx'
import type { OpenPerson } from '#client/identity/sessions/person-sessions.ts'
import { personView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { personSignOut } from '#shared/identity/join-protocol.ts'
import { personHandOver } from '#shared/identity/phone-protocol.ts'
import { forgetNow } from './cover-phone.ts'
import { phoneStores } from './phone-stores.ts'

export interface BesideSomebodyShown {
  readonly other: OpenPerson
  /** They are out of this device. */
  readonly onOut: () => void
}

export function BesideSomebody({ other, onOut }: BesideSomebodyShown) {
  const { api } = useTools()
  const { state } = useCase()
  const { participantId } = other
  const name = personView(state, participantId)?.name ?? ''
  const forget = () => void forgetNow(window, other).then(onOut)
  return (
    <StillIn
      name={name}
      ask={async (code) => {
        await api.call(personHandOver, { participantId, ...(code === undefined ? {} : { code }) })
      }}
      onGiven={() => {
        addToPhone(phoneStores(), { ...other, name })
        forget()
      }}
      end={async () => {
        await api.call(personSignOut, { participantId })
      }}
      onEnded={forget}
    />
  )
}
