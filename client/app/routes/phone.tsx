import { useState } from 'react'
import { useLocation } from 'wouter'
import { phoneStores } from '#client/app/phone/phone-stores.ts'
import { useTools } from '#client/http/tools.tsx'
import { PhoneScreen } from '#client/identity/phone/PhoneScreen.tsx'
import { type PersonOnPhone, peopleOnPhone } from '#client/identity/phone/people-on-phone.ts'
import { personTakeBack } from '#shared/identity/phone-protocol.ts'

export function PhoneRoute() {
  const [, navigate] = useLocation()
  const { api } = useTools()
  const [people] = useState(() => peopleOnPhone(phoneStores()))
  const takeBack = async ({ participantId }: PersonOnPhone, code: string) => {
    await api.call(personTakeBack, { participantId, code })
  }
  const open = ({ caseId, participantId, keep }: PersonOnPhone) =>
    navigate(`/room/${caseId}`, { replace: true, state: { participantId, notMine: !keep } })
  return <PhoneScreen people={people} takeBack={takeBack} onTaken={open} />
}
