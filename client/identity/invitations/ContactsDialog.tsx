import { type FormEvent, useId, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { faultWords } from '#client/identity/staff/fault-words.ts'
import { tidyPhone } from '#client/identity/staff/tidy-phone.ts'
import { useForm } from '#client/identity/staff/use-form.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Select, TextInput } from '#client/ui/forms/inputs.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { type Invitation, invitationChange } from '#shared/identity/invitation-protocol.ts'
import { LOCALES } from '#shared/kernel/locale.ts'

interface ContactsDialogProps {
  readonly invitation: Invitation
  readonly name: string
  readonly onChange: (invitation: Invitation) => void
  readonly onClose: () => void
}

/** How the person is reached and which language they are met in; seen by the mediator alone. */
export function ContactsDialog({ invitation, name, onChange, onClose }: ContactsDialogProps) {
  const t = useTexts()
  const call = useStaffCall()
  const id = useId()
  const [phone, setPhone] = useState(invitation.contacts.phone)
  const [email, setEmail] = useState(invitation.contacts.email)
  const [language, setLanguage] = useState(invitation.language)
  const form = useForm(invitationChange.input, async (input) => {
    onChange(await call(invitationChange, input))
    onClose()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.submit({ invitationId: invitation.id, phone: tidyPhone(phone), email: email.trim(), language })
  }
  return (
    <Dialog
      size="s"
      title={t('identity.contacts.title', { name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={id} kind="primary" busy={form.busy}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <form id={id} ref={form.ref} onSubmit={submit} noValidate>
        <Stack gap={4}>
          {form.problem && <ProblemBanner problem={form.problem} />}
          <Field label={t('identity.phone')} optional error={faultWords(form.faults.get('phone'), t, t('identity.fault.phone'))}>
            <TextInput
              value={phone}
              type="tel"
              inputMode="tel"
              placeholder="+7"
              onChange={(text) => {
                setPhone(text)
                form.touch('phone')
              }}
            />
          </Field>
          <Field label={t('identity.email')} optional error={faultWords(form.faults.get('email'), t, t('identity.fault.email'))}>
            <TextInput
              value={email}
              type="email"
              inputMode="email"
              autoCapitalize="none"
              onChange={(text) => {
                setEmail(text)
                form.touch('email')
              }}
            />
          </Field>
          <Field label={t('identity.contacts.language')}>
            <Select
              value={language}
              onChange={setLanguage}
              options={LOCALES.map((value) => ({ value, label: t(`identity.language.${value}`) }))}
            />
          </Field>
          <Muted small>{t('identity.contacts.note')}</Muted>
        </Stack>
      </form>
    </Dialog>
  )
}
