// A one-time link for a new password: one field, and one is signed in.
import { useLocation } from 'wouter'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { PasswordField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { useLinkSecret } from '#client/identity/join/use-link-secret.ts'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { PASSWORD_MIN } from '#shared/identity/identity-fields.ts'
import { passwordRenew } from '#shared/identity/staff-protocol.ts'
import { useStaff } from './use-staff.tsx'

export function NewPasswordScreen() {
  const t = useTexts()
  const { secret } = useLinkSecret()
  return (
    <PageFrame header={<PageHeader home="/" />} width="narrow">
      {secret === undefined ? (
        <EmptyState
          icon="link"
          title={t('identity.account.no-link')}
          actions={<LinkButton href="/forgot">{t('identity.forgot')}</LinkButton>}
        >
          <p>{t('identity.renew.no-link')}</p>
        </EmptyState>
      ) : (
        <NewPassword key={secret} secret={secret} />
      )}
    </PageFrame>
  )
}

function NewPassword({ secret }: { secret: string }) {
  const t = useTexts()
  const staff = useStaff()
  const { api } = useTools()
  const [, navigate] = useLocation()
  const form = useFields({
    schema: passwordRenew.input,
    first: { password: '' },
    input: (fields) => ({ secret, ...fields }),
    async send(input) {
      staff.adopt(await api.call(passwordRenew, input))
      navigate('/office', { replace: true })
      return undefined
    },
  })
  const secretFault = form.faults.has('secret') ? ({ kind: 'not-found', reason: 'identity/link-unknown' } as const) : undefined
  return (
    <Stack gap={5}>
      <Stack gap={2}>
        <h1>{t('identity.forgot.title')}</h1>
        <p>{t('identity.renew.lead')}</p>
      </Stack>
      <FormCard form={form} problem={secretFault ?? form.problem}>
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
