import { useTexts } from '#client/i18n/texts.tsx'
import { PasswordField } from '#client/identity/forms/AccountFields.tsx'
import { FormCard } from '#client/identity/forms/FormCard.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { passwordChange } from '#shared/identity/staff-protocol.ts'
import { useStaffCall } from './use-staff.tsx'

const EMPTY = { current: '', next: '' }

export function PasswordCard() {
  const t = useTexts()
  const call = useStaffCall()
  const form = useFields({
    schema: passwordChange.input,
    first: EMPTY,
    input: (fields) => fields,
    async send(input) {
      await call(passwordChange, input)
      return EMPTY
    },
  })
  return (
    <FormCard
      form={form}
      as="section"
      head={
        <Stack gap={1}>
          <h2>{t('identity.password.change')}</h2>
          <Muted small>{t('identity.password.change.note')}</Muted>
        </Stack>
      }
    >
      <PasswordField label={t('identity.password.current')} field={form.field('current')} />
      <PasswordField label={t('identity.password.next')} field={form.field('next')} chosen />
      {form.done && (
        <Banner tone="good" urgent>
          {t('identity.password.changed')}
        </Banner>
      )}
      <Row justify="end">
        <SubmitButton busy={form.busy} wait={form.wait}>
          {t('identity.password.change.action')}
        </SubmitButton>
      </Row>
    </FormCard>
  )
}
