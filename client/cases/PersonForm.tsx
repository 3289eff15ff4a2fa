// The fields about one person, as they are corrected and as somebody is added; faults beside them, by the route's own schema.
import type { ReactNode } from 'react'
import type { Faults } from '#client/http/input-faults.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { faultNote } from '#client/identity/staff/fault-note.tsx'
import { faultWords } from '#client/identity/staff/fault-words.ts'
import { tidyPhone } from '#client/identity/staff/tidy-phone.ts'
import { Stack } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Select, TextInput } from '#client/ui/forms/inputs.tsx'
import type { NewPerson } from '#shared/cases/case-routes.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { actsByAuthority } from '#shared/kernel/roles.ts'

export interface PersonFields {
  readonly name: string
  readonly role: NewPerson['role']
  readonly authority: string
  readonly language: Locale
  readonly phone: string
  readonly email: string
}

/** What is left empty is left out. */
export function personInput({ name, role, authority, language, phone, email }: PersonFields): NewPerson {
  return {
    name,
    role,
    language,
    ...(actsByAuthority({ role }) && authority.trim() !== '' ? { authority } : {}),
    ...(phone.trim() === '' ? {} : { phone: tidyPhone(phone) }),
    ...(email.trim() === '' ? {} : { email: email.trim() }),
  }
}

interface PersonFormProps {
  readonly fields: PersonFields
  readonly faults: Faults
  readonly onChange: (part: Partial<PersonFields>) => void
  /** Between the name and the rest. */
  readonly children?: ReactNode
}

export function PersonForm({ fields, faults, onChange, children }: PersonFormProps) {
  const t = useTexts()
  const error = (name: keyof PersonFields, format?: string) => faultWords(faults.get(name), t, format)
  const note = (name: 'name' | 'authority') =>
    faultNote(faults.get(name), t, { value: fields[name], onChange: (text) => onChange({ [name]: text }) })
  return (
    <Stack gap={4}>
      <Field label={t('cases.person.name')} error={note('name')}>
        <TextInput value={fields.name} maxLength={120} autoComplete="off" onChange={(name) => onChange({ name })} />
      </Field>
      {children}
      {actsByAuthority(fields) && (
        <Field label={t('cases.person.authority')} hint={t('cases.person.authority.hint')} optional error={note('authority')}>
          <TextInput value={fields.authority} maxLength={200} autoComplete="off" onChange={(authority) => onChange({ authority })} />
        </Field>
      )}
      <Field label={t('cases.person.phone')} optional error={error('phone', t('cases.person.phone.fault'))}>
        <TextInput
          value={fields.phone}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          placeholder="+7"
          onChange={(phone) => onChange({ phone })}
        />
      </Field>
      <Field label={t('cases.person.email')} optional error={error('email', t('cases.person.email.fault'))}>
        <TextInput
          value={fields.email}
          type="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          onChange={(email) => onChange({ email })}
        />
      </Field>
      <Field label={t('cases.person.language')}>
        <Select
          value={fields.language}
          options={LOCALES.map((value) => ({ value, label: t(`cases.language.${value}`) }))}
          onChange={(language) => onChange({ language })}
        />
      </Field>
    </Stack>
  )
}
