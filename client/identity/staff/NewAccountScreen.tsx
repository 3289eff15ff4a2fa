// The first owner and an invited mediator come by a one-time link and choose how they sign in from then on.
import { useLocation } from 'wouter'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { EmailField, LineField, PasswordField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { useLinkSecret } from '#client/identity/join/use-link-secret.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { PASSWORD_MIN } from '#shared/identity/identity-fields.ts'
import { mediatorAccept, ownerSetUp } from '#shared/identity/staff-protocol.ts'
import { useStaff } from './use-staff.tsx'

export function NewAccountScreen({ as }: { as: 'owner' | 'mediator' }) {
  const t = useTexts()
  const { secret } = useLinkSecret()
  return (
    <PageFrame header={<PageHeader home="/" />} width="narrow">
      {secret === undefined ? (
        <EmptyState icon="link" title={t('identity.account.no-link')}>
          <p>{as === 'owner' ? t('identity.account.no-link.owner') : t('identity.account.no-link.mediator')}</p>
        </EmptyState>
      ) : (
        <NewAccount key={secret} as={as} secret={secret} />
      )}
    </PageFrame>
  )
}

function NewAccount({ as, secret }: { as: 'owner' | 'mediator'; secret: string }) {
  const t = useTexts()
  const staff = useStaff()
  const { api } = useTools()
  const [, navigate] = useLocation()
  const route = as === 'owner' ? ownerSetUp : mediatorAccept
  const form = useFields({
    schema: route.input,
    first: { name: '', email: '', password: '' },
    input: (fields) => ({ secret, ...fields }),
    async send(input) {
      staff.adopt(await api.call(route, input))
      navigate('/office', { replace: true })
      return undefined
    },
  })
  const secretFault = form.faults.has('secret') ? ({ kind: 'not-found', reason: 'identity/link-unknown' } as const) : undefined
  return (
    <Stack gap={5}>
      <Stack gap={2}>
        <h1>{as === 'owner' ? t('identity.account.owner') : t('identity.account.mediator')}</h1>
        <p>{as === 'owner' ? t('identity.account.owner.lead') : t('identity.account.mediator.lead')}</p>
      </Stack>
      <FormCard form={form} problem={secretFault ?? form.problem}>
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
