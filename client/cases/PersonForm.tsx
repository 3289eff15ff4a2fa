// The fields about one person, wherever somebody is entered, added or corrected; faults beside them, by the route's own schema.
import type { Faults } from '#client/http/input-faults.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { faultNote } from '#client/identity/forms/fault-note.tsx'
import { faultWords } from '#client/identity/forms/fault-words.ts'
import { tidyPhone } from '#client/identity/staff/tidy-phone.ts'
import { Grid, Stack } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox, TextInput } from '#client/ui/forms/inputs.tsx'
import { EmailInput, PhoneInput, Select } from '#client/ui/forms/rare-inputs.tsx'
import type { AddedPerson } from '#shared/cases/case-routes.ts'
import type { AddedRole } from '#shared/cases/people-fields.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { actsByAuthority, mayBeMinor } from '#shared/kernel/roles.ts'

export interface PersonFields<Role extends AddedRole = AddedRole> {
  readonly name: string
  readonly role: Role
  readonly authority: string
  readonly language: Locale
  readonly phone: string
  readonly email: string
  readonly minor?: boolean | undefined
}

/** What is left empty is left out. */
export function personInput<Role extends AddedRole>(fields: PersonFields<Role>): Omit<AddedPerson, 'role'> & { role: Role } {
  const { name, role, authority, language, phone, email, minor } = fields
  return {
    name,
    role,
    language,
    ...(actsByAuthority({ role }) && authority.trim() !== '' ? { authority } : {}),
    ...(phone.trim() === '' ? {} : { phone: tidyPhone(phone) }),
    ...(email.trim() === '' ? {} : { email: email.trim() }),
    ...(minor && mayBeMinor({ role }) ? { minor } : {}),
  }
}

interface PersonFormProps<Role extends AddedRole> {
  readonly fields: PersonFields<Role>
  readonly faults: Faults
  /** Before the fields' names in `faults`, with its dot. */
  readonly path?: string
  /** To choose from; without, the role stays what it is. */
  readonly roles?: readonly Role[] | undefined
  readonly onChange: (part: Partial<PersonFields<Role>>) => void
}

export function PersonForm<Role extends AddedRole>({ fields, faults, path = '', roles, onChange }: PersonFormProps<Role>) {
  const t = useTexts()
  const role: AddedRole = fields.role
  const roleWords = (each: AddedRole) => t(`cases.role.${each}`)
  const error = (name: keyof PersonFields, format?: string) => faultWords(faults.get(path + name), t, format)
  const note = (name: 'name' | 'authority') =>
    faultNote(faults.get(path + name), t, { value: fields[name], onChange: (text) => onChange({ [name]: text }) })
  return (
    <Stack gap={4}>
      <Grid>
        <Field label={t('cases.person.name')} error={note('name')}>
          <TextInput value={fields.name} maxLength={120} autoComplete="off" onChange={(name) => onChange({ name })} />
        </Field>
        {roles && (
          <Field label={t('cases.person.role')} hint={t(`cases.role-note.${role}`)}>
            <Select
              value={fields.role}
              options={roles.map((value) => ({ value, label: roleWords(value) }))}
              onChange={(role) => onChange({ role })}
            />
          </Field>
        )}
      </Grid>
      {mayBeMinor(fields) && (
        <Checkbox checked={fields.minor ?? false} note={t('cases.person.minor.note')} onChange={(minor) => onChange({ minor })}>
          {t('cases.person.minor')}
        </Checkbox>
      )}
      {actsByAuthority(fields) && (
        <Field label={t('cases.person.authority')} hint={t('cases.person.authority.hint')} optional error={note('authority')}>
          <TextInput value={fields.authority} maxLength={200} autoComplete="off" onChange={(authority) => onChange({ authority })} />
        </Field>
      )}
      <Grid>
        <Field label={t('cases.person.phone')} optional error={error('phone', t('cases.person.phone.fault'))}>
          <PhoneInput value={fields.phone} autoComplete="off" onChange={(phone) => onChange({ phone })} />
        </Field>
        <Field label={t('cases.person.email')} optional error={error('email', t('cases.person.email.fault'))}>
          <EmailInput value={fields.email} autoComplete="off" onChange={(email) => onChange({ email })} />
        </Field>
        <Field label={t('cases.person.language')}>
          <Select
            value={fields.language}
            options={LOCALES.map((value) => ({ value, label: t(`cases.language.${value}`) }))}
            onChange={(language) => onChange({ language })}
          />
        </Field>
      </Grid>
    </Stack>
  )
}
