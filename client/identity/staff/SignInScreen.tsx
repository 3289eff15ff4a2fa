import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox, EmailInput, PasswordInput } from '#client/ui/forms/inputs.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { staffSignIn } from '#shared/identity/staff-protocol.ts'
import { faultWords } from './fault-words.ts'
import { useForm } from './use-form.ts'
import { useStaff } from './use-staff.tsx'

export function SignInScreen() {
  const t = useTexts()
  const staff = useStaff()
  const { api } = useTools()
  const [, navigate] = useLocation()
  const back = backIn(useHistoryState())
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [keep, setKeep] = useState(false)
  const form = useForm(staffSignIn.input, async (input) => {
    staff.adopt(await api.call(staffSignIn, input))
    navigate(back, { replace: true })
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.submit({ email, password, keep })
  }
  return (
    <PageFrame header={<PageHeader home="/" />} width="narrow">
      <Stack gap={5}>
        <Stack gap={2}>
          <h1>{t('identity.sign-in')}</h1>
          <Muted>{t('identity.sign-in.lead')}</Muted>
        </Stack>
        <Card>
          <form ref={form.ref} onSubmit={submit} noValidate>
            <Stack gap={4}>
              {form.problem && <ProblemBanner problem={form.problem} />}
              <Field label={t('identity.sign-in.email')} error={faultWords(form.faults.get('email'), t, t('identity.fault.email'))}>
                <EmailInput
                  value={email}
                  autoComplete="username"
                  onChange={(text) => {
                    setEmail(text)
                    form.touch('email')
                  }}
                />
              </Field>
              <Field label={t('identity.password')} error={faultWords(form.faults.get('password'), t)}>
                <PasswordInput
                  value={password}
                  autoComplete="current-password"
                  onChange={(text) => {
                    setPassword(text)
                    form.touch('password')
                  }}
                />
              </Field>
              <Checkbox checked={keep} onChange={setKeep} note={t('identity.sign-in.keep.note')}>
                {t('identity.sign-in.keep')}
              </Checkbox>
              <Button type="submit" kind="primary" size="l" wide busy={form.busy} disabled={form.wait > 0}>
                {form.wait > 0 ? t('ui.wait', { seconds: form.wait }) : t('identity.sign-in.action')}
              </Button>
            </Stack>
          </form>
        </Card>
        <Muted small>{t('identity.sign-in.party')}</Muted>
      </Stack>
    </PageFrame>
  )
}

/** Only back to a page of ours that needed the session. */
function backIn(state: unknown): string {
  const back = typeof state === 'object' && state !== null && 'back' in state ? state.back : undefined
  return typeof back === 'string' && /^\/(?:office|room)(?:\/|$)/.test(back) ? back : '/office'
}
