// What somebody of a side can look up of their own ways in. Fetched when it is asked for.
import { type ComponentProps, useMemo, useState } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import type { AccessDialog } from '#client/signing/AccessDialog.tsx'
import { Button } from '#client/ui/actions/Button.tsx'

const DIALOG: Part<ComponentProps<typeof AccessDialog>> = {
  groups: ['access', 'draft'],
  load: async () => (await import('#client/signing/AccessDialog.tsx')).AccessDialog,
}

export function OwnAccess({ session }: { session: RoomSession }) {
  const t = useTexts()
  const [shown, setShown] = useState(false)
  const { api: plain } = useTools()
  const api = useMemo(() => authorisedApi(plain, session), [plain, session])
  return (
    <>
      <Button icon="lock" wide onClick={() => setShown(true)}>
        {t('rooms.access')}
      </Button>
      {shown && <LazyDialog part={DIALOG} props={{ api, onClose: () => setShown(false) }} title={t('rooms.access')} />}
    </>
  )
}
