// "Your devices and codes": how this person came in, and where codes for signing go.
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { AccessHistory } from '#client/identity/access/AccessHistory.tsx'
import { LaterDevices } from '#client/identity/access/LaterDevices.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { accessFold } from '#shared/identity/access-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { CodeContactForm } from './CodeContactForm.tsx'

export function AccessDialog({ api, onClose }: { api: AuthorisedApi; onClose: () => void }) {
  const t = useTexts()
  const { me } = useCase()
  const access = useSlice(accessFold, directAudience(me.id)) ?? accessFold.initial
  return (
    <Dialog title={t('signing.access.title')} onClose={onClose}>
      <Stack gap={5}>
        <LaterDevices access={access} caseId={me.caseId} api={api} />
        <Stack as="section" gap={3}>
          <h3>{t('signing.contact.title')}</h3>
          <CodeContactForm api={api} />
        </Stack>
        <Stack as="section" gap={3}>
          <h3>{t('signing.access.history')}</h3>
          <Muted small>{t('signing.access.history.who')}</Muted>
          <AccessHistory access={access} />
        </Stack>
      </Stack>
    </Dialog>
  )
}
