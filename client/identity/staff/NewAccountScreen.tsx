// The first owner and an invited mediator come by a one-time link and choose how they sign in from then on.
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useLinkSecret } from '#client/identity/join/use-link-secret.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { EmailInput, PasswordInput, TextInput } from '#client/ui/forms/inputs.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { PASSWORD_MIN } from '#shared/identity/identity-fields.ts'
import { mediatorAccept, ownerSetUp } from '#shared/identity/staff-protocol.ts'
import { faultNote } from './fault-note.tsx'
import { faultWords } from './fault-words.ts'
import { useForm } from './use-form.ts'
import { useStaff } from './use-staff.tsx'

export function NewAccountScreen({ as }: { as: 'owner' | 'mediator' }) {
  const t = useTexts()
  const secret = useLinkSecret()
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
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const route = as === 'owner' ? ownerSetUp : mediatorAccept
  const form = useForm(route.input, async (input) => {
    staff.adopt(await api.call(route, input))
    navigate('/office', { replace: true })
  })
  const changeName = (text: string) => {
    setName(text)
    form.touch('name')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.submit({ secret, name, email, password })
  }
  const secretFault = form.faults.has('secret') ? ({ kind: 'not-found', reason: 'identity/link-unknown' } as const) : undefined
  const problem = secretFault ?? form.problem
  return (
    <Stack gap={5}>
      <Stack gap={2}>
        <h1>{as === 'owner' ? t('identity.account.owner') : t('identity.account.mediator')}</h1>
        <p>{as === 'owner' ? t('identity.account.owner.lead') : t('identity.account.mediator.lead')}</p>
      </Stack>
      <Card>
        <form ref={form.ref} onSubmit={submit} noValidate>
          <Stack gap={4}>
            {problem && <ProblemBanner problem={problem} />}
            <Field
              label={t('identity.account.name')}
              hint={t('identity.account.name.hint')}
              error={faultNote(form.faults.get('name'), t, { value: name, onChange: changeName })}
            >
              <TextInput value={name} maxLength={120} autoComplete="name" onChange={changeName} />
            </Field>
            <Field
              label={t('identity.account.email')}
              hint={t('identity.account.email.hint')}
              error={faultWords(form.faults.get('email'), t, t('identity.fault.email'))}
            >
              <EmailInput
                value={email}
                autoComplete="username"
                onChange={(text) => {
                  setEmail(text)
                  form.touch('email')
                }}
              />
            </Field>
            <Field
              label={t('identity.password')}
              hint={t('identity.account.password.hint', { count: PASSWORD_MIN })}
              error={faultWords(form.faults.get('password'), t, t('identity.fault.password', { count: PASSWORD_MIN }))}
            >
              <PasswordInput
                value={password}
                autoComplete="new-password"
                onChange={(text) => {
                  setPassword(text)
                  form.touch('password')
                }}
              />
            </Field>
            <Button type="submit" kind="primary" size="l" wide busy={form.busy} disabled={form.wait > 0}>
              {form.wait > 0 ? t('ui.wait', { seconds: form.wait }) : t('identity.account.action')}
            </Button>
          </Stack>
        </form>
      </Card>
      <Muted small>{t('identity.account.note')}</Muted>
    </Stack>
  )
}
