// Who has forgotten their password: a mail where mail is sent, else whom to ask. It never says whether there is such an account.
import { useTools } from '#client/http/tools.tsx'
import { useLoad } from '#client/http/use-load.ts'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { EmailField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import { passwordForgotten } from '#shared/identity/staff-protocol.ts'
import '#client/identity/reasons.ts'

export function ForgottenScreen() {
  const t = useTexts()
  const { api } = useTools()
  const { state, reload } = useLoad('installation', () => api.call(installationLook, {}))
  return (
    <PageFrame header={<PageHeader home="/" />} width="narrow">
      <Stack gap={5}>
        <h1>{t('identity.forgot.title')}</h1>
        {state.kind === 'loading' && <Loading />}
        {state.kind === 'refused' && <ErrorState problem={state.problem} onRetry={() => void reload()} />}
        {state.kind === 'here' && (state.value.mail ? <AskForMail /> : <NoMail />)}
        <p>
          <a href="/sign-in">{t('identity.forgot.back')}</a>
        </p>
      </Stack>
    </PageFrame>
  )
}

function NoMail() {
  const t = useTexts()
  return <Banner title={t('identity.forgot.no-mail')}>{t('identity.forgot.no-mail.text')}</Banner>
}

function AskForMail() {
  const t = useTexts()
  const { locale: language } = useLocale()
  const { api } = useTools()
  const form = useFields({
    schema: passwordForgotten.input,
    first: { email: '' },
    input: (fields) => ({ ...fields, language }),
    async send(input) {
      await api.call(passwordForgotten, input)
      return undefined
    },
  })
  return (
    <>
      <p>{t('identity.forgot.lead')}</p>
      {form.done && (
        <Banner tone="good" urgent title={t('identity.forgot.asked')}>
          {t('identity.forgot.asked.text', { email: form.fields.email })}
        </Banner>
      )}
      <FormCard form={form} isPage>
        <EmailField label={t('identity.sign-in.email')} field={form.field('email')} />
        <SubmitButton kind="primary" size="l" wide busy={form.busy} wait={form.wait}>
          {t('identity.forgot.action')}
        </SubmitButton>
      </FormCard>
    </>
  )
}
