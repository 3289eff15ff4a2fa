import { PersonForm } from '#client/cases/PersonForm.tsx'
import type { Faults } from '#client/http/input-faults.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { SIDE_ROLES } from '#shared/cases/people-fields.ts'
import { type CaseForm, changePerson, type PersonEntry, type SideForm, withoutPerson } from './case-form.ts'

interface PersonFieldsProps {
  readonly form: CaseForm
  readonly side: SideForm
  readonly at: number
  readonly person: PersonEntry
  readonly index: number
  readonly path: string
  readonly faults: Faults
  readonly onChange: (form: CaseForm, ...paths: readonly string[]) => void
}

/** Somebody who will enter the room for this side; telephone and e-mail stay with the mediator. */
export function PersonFields({ form, side, at, person, index, path, faults, onChange }: PersonFieldsProps) {
  const t = useTexts()
  return (
    <fieldset className="case-person-fields">
      <legend>{t('cases.person', { number: index + 1 })}</legend>
      <PersonForm
        fields={person}
        faults={faults}
        path={`${path}.`}
        roles={SIDE_ROLES}
        onChange={(part) => onChange(changePerson(form, at, index, part), ...Object.keys(part).map((name) => `${path}.${name}`))}
      />
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
