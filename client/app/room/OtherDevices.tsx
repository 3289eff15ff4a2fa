// A question above everything when another device came in as somebody of a side. Fetched when there is something to ask.
import { type ComponentProps, useMemo } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import type { LaterDevices } from '#client/identity/access/LaterDevices.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { accessFold, devicesToAnswer } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'

const LATER: Part<ComponentProps<typeof LaterDevices>> = {
  groups: ['devices'],
  load: async () => (await import('#client/identity/access/LaterDevices.tsx')).LaterDevices,
}

/** One from before devices were told of: whatever any device is asked, it is asked too. */
const ANY_DEVICE = ''

export function OtherDevices({ session }: { session: RoomSession }) {
  const { me } = useCase()
  const access = useSlice(accessFold, directAudience(me.id))
  const { api: plain } = useTools()
  const api = useMemo(() => authorisedApi(plain, session), [plain, session])
  // Which device this is, only the server knows; whether there is anything to ask it for, the events say.
  const open = devicesToAnswer(access, ANY_DEVICE).length > 0
  if (!access || !open || me.sideId === undefined) return null
  return <QuietPart part={LATER} props={{ access, api, caseId: me.caseId }} />
}
