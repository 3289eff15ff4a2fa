// Whether the phone is one that goes from hand to hand; what is said then is fetched then.
import { createContext, useContext } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { OnThisPhoneShown } from '#client/identity/phone/OnThisPhone.tsx'
import { isShared } from '#client/identity/phone/people-on-phone.ts'
import { personView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { phoneStores } from './phone-stores.ts'

const STRIP: Part<OnThisPhoneShown> = {
  groups: ['phone'],
  load: async () => (await import('#client/identity/phone/OnThisPhone.tsx')).OnThisPhone,
}

/** Gives the phone away; undefined for whoever has no session of their own on it. */
export const GiveAwayContext = createContext<(() => void) | undefined>(undefined)

export function SharedPhone() {
  const { state, me } = useCase()
  const onGive = useContext(GiveAwayContext)
  if (!onGive || !isShared(phoneStores(), me.id)) return null
  return <QuietPart part={STRIP} props={{ name: personView(state, me.id)?.name ?? '', onGive }} />
}
