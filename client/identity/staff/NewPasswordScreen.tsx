// A one-time link for a new password: one field, and one is signed in.
import { useTexts } from '#client/i18n/texts.tsx'
import { PasswordField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { PASSWORD_MIN } from '#shared/identity/identity-fields.ts'
import { passwordRenew } from '#shared/identity/staff-protocol.ts'
import { ByLink, useFormByLink } from './ByLink.tsx'

export function NewPasswordScreen() {
  const t = useTexts()
  return (
    <ByLink missing={t('identity.renew.no-link')} actions={<LinkButton href="/forgot">{t('identity.forgot')}</LinkButton>}>
      {(secret) => <NewPassword key={secret} secret={secret} />}
    </ByLink>
  )
}

function NewPassword({ secret }: { secret: string }) {
  const t = useTexts()
  const form = useFormByLink(passwordRenew, { secret }, { password: '' })
  return (
    <Stack gap={5}>
      <Stack gap={2}>
        <h1>{t('identity.forgot.title')}</h1>
        <p>{t('identity.renew.lead')}</p>
      </Stack>
      <FormCard form={form}>
        <PasswordField
          label={t('identity.password.next')}
          hint={t('identity.account.password.hint', { count: PASSWORD_MIN })}
          field={form.field('password')}
          chosen
        />
        <SubmitButton kind="primary" size="l" wide busy={form.busy} wait={form.wait}>
          {t('identity.renew.action')}
        </SubmitButton>
      </FormCard>
    </Stack>
  )
}
