import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { PasswordField } from '#client/identity/forms/AccountFields.tsx'
import { FormDialog } from '#client/identity/forms/FormDialog.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import type { Account } from '#shared/identity/identity-protocol.ts'
import { accountPasswordLink } from '#shared/identity/staff-protocol.ts'
import { OneTimeLink } from './OneTimeLink.tsx'
import { useStaffCall } from './use-staff.tsx'

interface PasswordLinkDialogProps {
  readonly account: Account
  readonly onClose: () => void
}

/** A one-time link for a colleague who has forgotten their password; the owner proves with their own that it is them. */
export function PasswordLinkDialog({ account: { id: accountId, profile }, onClose }: PasswordLinkDialogProps) {
  const t = useTexts()
  const f = useFormats()
  const call = useStaffCall()
  const [made, setMade] = useState<{ readonly link: string; readonly expiresAt: number }>()
  const form = useFields({
    schema: accountPasswordLink.input,
    first: { password: '' },
    input: (fields) => ({ accountId, ...fields }),
    async send(input) {
      setMade(await call(accountPasswordLink, input))
      return undefined
    },
  })
  const title = t('identity.people.password.title', { name: profile.name })
  if (made) {
    return (
      <Dialog
        title={title}
        onClose={onClose}
        actions={
          <Button kind="primary" onClick={onClose}>
            {t('ui.close')}
          </Button>
        }
      >
        <OneTimeLink
          link={made.link}
          lead={t('identity.people.password.made', { date: f.date(made.expiresAt), time: f.time(made.expiresAt) })}
        />
      </Dialog>
    )
  }
  return (
    <FormDialog form={form} icon="link" action={t('identity.people.invite.make')} {...{ title, onClose }}>
      <p>{t('identity.people.password.note')}</p>
      <PasswordField label={t('identity.people.password.own')} field={form.field('password')} />
    </FormDialog>
  )
}
