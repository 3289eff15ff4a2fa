import type { Faults } from '#client/http/input-faults.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { faultNote } from '#client/identity/staff/fault-note.tsx'
import { faultWords } from '#client/identity/staff/fault-words.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Grid } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Select, TextInput } from '#client/ui/forms/inputs.tsx'
import { SIDE_ROLES } from '#shared/cases/people-fields.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { actsByAuthority } from '#shared/kernel/roles.ts'
import { type CaseForm, changePerson, type PersonForm, type SideForm, withoutPerson } from './case-form.ts'

interface PersonFieldsProps {
  readonly form: CaseForm
  readonly side: SideForm
  readonly at: number
  readonly person: PersonForm
  readonly index: number
  readonly path: string
  readonly faults: Faults
  readonly onChange: (form: CaseForm, ...paths: readonly string[]) => void
}

/** Somebody who will enter the room for this side; telephone and e-mail stay with the mediator. */
export function PersonFields({ form, side, at, person, index, path, faults, onChange }: PersonFieldsProps) {
  const t = useTexts()
  const change = (part: Partial<PersonForm>) =>
    onChange(changePerson(form, at, index, part), ...Object.keys(part).map((name) => `${path}.${name}`))
  const error = (name: string, format?: string) => faultWords(faults.get(`${path}.${name}`), t, format)
  const note = (name: 'name' | 'authority') =>
    faultNote(faults.get(`${path}.${name}`), t, { value: person[name], onChange: (text) => change({ [name]: text }) })
  return (
    <fieldset className="person-fields">
      <legend>{t('cases.person', { number: index + 1 })}</legend>
      <Grid>
        <Field label={t('cases.person.name')} error={note('name')}>
          <TextInput value={person.name} maxLength={120} autoComplete="off" onChange={(name) => change({ name })} />
        </Field>
        <Field label={t('cases.person.role')}>
          <Select
            value={person.role}
            options={SIDE_ROLES.map((value) => ({ value, label: t(`cases.role.${value}`) }))}
            onChange={(role) => change({ role })}
          />
        </Field>
      </Grid>
      {actsByAuthority(person) && (
        <Field label={t('cases.person.authority')} hint={t('cases.person.authority.hint')} optional error={note('authority')}>
          <TextInput value={person.authority} maxLength={200} autoComplete="off" onChange={(authority) => change({ authority })} />
        </Field>
      )}
      <Grid>
        <Field label={t('cases.person.phone')} optional error={error('phone', t('cases.person.phone.fault'))}>
          <TextInput
            value={person.phone}
            type="tel"
            inputMode="tel"
            autoComplete="off"
            placeholder="+7"
            onChange={(phone) => change({ phone })}
          />
        </Field>
        <Field label={t('cases.person.email')} optional error={error('email', t('cases.person.email.fault'))}>
          <TextInput
            value={person.email}
            type="email"
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            onChange={(email) => change({ email })}
          />
        </Field>
        <Field label={t('cases.person.language')}>
          <Select
            value={person.language}
            options={LOCALES.map((value) => ({ value, label: t(`cases.language.${value}`) }))}
            onChange={(language) => change({ language })}
          />
        </Field>
      </Grid>
      {side.people.length > 1 && (
        <div>
          <Button kind="quiet" size="s" icon="trash" onClick={() => onChange(withoutPerson(form, at, index), path)}>
            {t('cases.person.remove')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
