import { useState } from 'react'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { STAFF_ROLES, type StaffRole } from '#shared/identity/identity-protocol.ts'
import { mediatorInvite } from '#shared/identity/staff-protocol.ts'
import { OneTimeLink } from './OneTimeLink.tsx'
import { useStaffCall } from './use-staff.tsx'

/** A one-time link for a colleague; shown once, sent however the owner likes. */
export function InviteMediatorDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const call = useStaffCall()
  const request = useRequest()
  const [role, setRole] = useState<StaffRole>('mediator')
  const [made, setMade] = useState<{ readonly link: string; readonly expiresAt: number }>()
  const invite = () => request.run(async () => setMade(await call(mediatorInvite, { role })))
  return (
    <Dialog
      title={t('identity.people.invite')}
      onClose={onClose}
      actions={
        made ? (
          <Button kind="primary" onClick={onClose}>
            {t('ui.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            <Button kind="primary" icon="link" busy={request.busy} onClick={() => void invite()}>
              {t('identity.people.invite.make')}
            </Button>
          </>
        )
      }
    >
      {request.problem && <ProblemBanner problem={request.problem} />}
      {made ? (
        <OneTimeLink link={made.link} lead={t('identity.people.invite.made', { date: f.date(made.expiresAt) })} />
      ) : (
        <Stack gap={4}>
          <RadioGroup
            label={t('identity.people.invite.role')}
            value={role}
            onChange={setRole}
            options={[...STAFF_ROLES]
              .reverse()
              .map((value) => ({ value, label: t(`identity.role.${value}`), note: t(`identity.role.${value}.note`) }))}
          />
          <Muted small>{t('identity.people.invite.note')}</Muted>
        </Stack>
      )}
    </Dialog>
  )
}
