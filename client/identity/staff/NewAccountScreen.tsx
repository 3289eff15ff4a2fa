// The first owner and an invited mediator come by a one-time link and choose how they sign in from then on.
import { useTexts } from '#client/i18n/texts.tsx'
import { EmailField, LineField, PasswordField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { PASSWORD_MIN } from '#shared/identity/identity-fields.ts'
import { mediatorAccept, ownerSetUp } from '#shared/identity/staff-protocol.ts'
import { ByLink, useFormByLink } from './ByLink.tsx'

export function NewAccountScreen({ as }: { as: 'owner' | 'mediator' }) {
  const t = useTexts()
  return (
    <ByLink missing={as === 'owner' ? t('identity.account.no-link.owner') : t('identity.account.no-link.mediator')}>
      {(secret) => <NewAccount key={secret} as={as} secret={secret} />}
    </ByLink>
  )
}

function NewAccount({ as, secret }: { as: 'owner' | 'mediator'; secret: string }) {
  const t = useTexts()
  const route = as === 'owner' ? ownerSetUp : mediatorAccept
  const form = useFormByLink(route, { secret }, { name: '', email: '', password: '' })
  return (
    <Stack gap={5}>
      <Stack gap={2}>
        <h1>{as === 'owner' ? t('identity.account.owner') : t('identity.account.mediator')}</h1>
        <p>{as === 'owner' ? t('identity.account.owner.lead') : t('identity.account.mediator.lead')}</p>
      </Stack>
      <FormCard form={form}>
        <LineField
          label={t('identity.account.name')}
          hint={t('identity.account.name.hint')}
          field={form.field('name')}
          maxLength={120}
          autoComplete="name"
        />
        <EmailField label={t('identity.account.email')} hint={t('identity.account.email.hint')} field={form.field('email')} />
        <PasswordField
          label={t('identity.password')}
          hint={t('identity.account.password.hint', { count: PASSWORD_MIN })}
          field={form.field('password')}
          chosen
        />
        <SubmitButton kind="primary" size="l" wide busy={form.busy} wait={form.wait}>
          {t('identity.account.action')}
        </SubmitButton>
      </FormCard>
      <Muted small>{t('identity.account.note')}</Muted>
    </Stack>
  )
}
