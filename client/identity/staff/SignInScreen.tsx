import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { EmailField, PasswordField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { keptInEntry } from '#client/ui/state/history-entry.ts'
import { staffSignIn } from '#shared/identity/staff-protocol.ts'
import { useStaff } from './use-staff.tsx'

export function SignInScreen() {
  const t = useTexts()
  const staff = useStaff()
  const { api } = useTools()
  const [, navigate] = useLocation()
  const back = backIn(useHistoryState())
  const form = useFields({
    schema: staffSignIn.input,
    first: { email: '', password: '', keep: false },
    input: (fields) => fields,
    async send(input) {
      staff.adopt(await api.call(staffSignIn, input))
      navigate(back, { replace: true })
      return undefined
    },
  })
  const keep = form.field('keep')
  return (
    <PageFrame header={<PageHeader home="/" />} width="narrow">
      <Stack gap={5}>
        <Stack gap={2}>
          <h1>{t('identity.sign-in')}</h1>
          <Muted>{t('identity.sign-in.lead')}</Muted>
        </Stack>
        <FormCard form={form} isPage>
          <EmailField label={t('identity.sign-in.email')} field={form.field('email')} />
          <PasswordField label={t('identity.password')} field={form.field('password')} />
          <Checkbox checked={keep.value} onChange={keep.onChange} note={t('identity.sign-in.keep.note')}>
            {t('identity.sign-in.keep')}
          </Checkbox>
          <SubmitButton kind="primary" size="l" wide busy={form.busy} wait={form.wait}>
            {t('identity.sign-in.action')}
          </SubmitButton>
        </FormCard>
        <p>
          <a href="/forgot">{t('identity.forgot')}</a>
        </p>
        <Muted small>{t('identity.sign-in.party')}</Muted>
      </Stack>
    </PageFrame>
  )
}

/** Only back to a page of ours that needed the session. */
function backIn(state: unknown): string {
  const back = keptInEntry('back', state)
  return typeof back === 'string' && /^\/(?:office|room)(?:\/|$)/.test(back) ? back : '/office'
}
