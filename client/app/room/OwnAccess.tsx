// What somebody of a side is told of their own ways in: a question above everything when another device came in as them; the rest on demand.
// Fetched when there is something, or when it is asked for.
import { type ComponentProps, useMemo, useState } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { LaterDevices } from '#client/identity/access/LaterDevices.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase } from '#client/rooms/use-room.ts'
import type { AccessDialog } from '#client/signing/AccessDialog.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { accessFold, devicesToAnswer } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'

const LATER: Part<ComponentProps<typeof LaterDevices>> = {
  groups: ['access'],
  load: async () => (await import('#client/identity/access/LaterDevices.tsx')).LaterDevices,
}
const DIALOG: Part<ComponentProps<typeof AccessDialog>> = {
  groups: ['access', 'draft'],
  load: async () => (await import('#client/signing/AccessDialog.tsx')).AccessDialog,
}

/** One from before devices were told of: whatever any device is asked, it is asked too. */
const ANY_DEVICE = ''

function useApi(session: RoomSession) {
  const { api } = useTools()
  return useMemo(() => authorisedApi(api, session), [api, session])
}

export function OtherDevices({ session }: { session: RoomSession }) {
  const { me } = useCase()
  const access = useSlice(accessFold, directAudience(me.id))
  const api = useApi(session)
  // Which device this is, only the server knows; whether there is anything to ask it for, the events say.
  const open = devicesToAnswer(access, ANY_DEVICE).length > 0
  if (!access || !open || me.sideId === undefined) return null
  return <QuietPart part={LATER} props={{ access, api, caseId: me.caseId }} />
}

export function OwnAccess({ session }: { session: RoomSession }) {
  const t = useTexts()
  const [shown, setShown] = useState(false)
  const api = useApi(session)
  return (
    <>
      <Button icon="lock" wide onClick={() => setShown(true)}>
        {t('rooms.access')}
      </Button>
      {shown && <LazyDialog part={DIALOG} props={{ api, onClose: () => setShown(false) }} title={t('rooms.access')} />}
    </>
  )
}
