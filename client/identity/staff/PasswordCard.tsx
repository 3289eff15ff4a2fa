import { type FormEvent, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { PasswordInput } from '#client/ui/forms/inputs.tsx'
import { PASSWORD_MIN } from '#shared/identity/identity-fields.ts'
import { passwordChange } from '#shared/identity/staff-protocol.ts'
import { faultWords } from './fault-words.ts'
import { useForm } from './use-form.ts'
import { useStaffCall } from './use-staff.tsx'

export function PasswordCard() {
  const t = useTexts()
  const call = useStaffCall()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [changed, setChanged] = useState(false)
  const form = useForm(passwordChange.input, async (input) => {
    await call(passwordChange, input)
    setCurrent('')
    setNext('')
    setChanged(true)
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChanged(false)
    void form.submit({ current, next })
  }
  return (
    <Card as="section">
      <form ref={form.ref} onSubmit={submit} noValidate>
        <Stack gap={4}>
          <Stack gap={1}>
            <h2>{t('identity.password.change')}</h2>
            <Muted small>{t('identity.password.change.note')}</Muted>
          </Stack>
          {form.problem && <ProblemBanner problem={form.problem} />}
          <Field label={t('identity.password.current')} error={faultWords(form.faults.get('current'), t)}>
            <PasswordInput
              value={current}
              autoComplete="current-password"
              onChange={(text) => {
                setCurrent(text)
                form.touch('current')
              }}
            />
          </Field>
          <Field
            label={t('identity.password.next')}
            error={faultWords(form.faults.get('next'), t, t('identity.fault.password', { count: PASSWORD_MIN }))}
          >
            <PasswordInput
              value={next}
              autoComplete="new-password"
              onChange={(text) => {
                setNext(text)
                form.touch('next')
              }}
            />
          </Field>
          {changed && (
            <Banner tone="good" urgent>
              {t('identity.password.changed')}
            </Banner>
          )}
          <Row justify="end">
            <Button type="submit" busy={form.busy} disabled={form.wait > 0}>
              {form.wait > 0 ? t('ui.wait', { seconds: form.wait }) : t('identity.password.change.action')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  )
}
