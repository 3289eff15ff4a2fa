import type { Faults } from '#client/http/input-faults.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { faultNote } from '#client/identity/forms/fault-note.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { sideHue } from '#client/ui/base/who.ts'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea, TextInput } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { type CaseForm, canAddPerson, canRemoveSide, changeSide, type SideForm, withoutSide, withPerson } from './case-form.ts'
import { PersonFields } from './PersonFields.tsx'

interface SideFieldsProps {
  readonly form: CaseForm
  readonly side: SideForm
  readonly at: number
  readonly faults: Faults
  readonly onChange: (form: CaseForm, ...paths: readonly string[]) => void
}

/** One side in its colour: who it is, and the people who speak for it. */
export function SideFields({ form, side, at, faults, onChange }: SideFieldsProps) {
  const t = useTexts()
  const path = `sides.${at}`
  const number = at + 1
  const setName = (name: string) => onChange(changeSide(form, at, { name }), `${path}.name`, `${path}.people.0.name`)
  const setDetails = (details: string) => onChange(changeSide(form, at, { details }), `${path}.details`)
  return (
    <Card as="section" who={sideHue(at)} label={t('cases.side', { number })}>
      <Stack gap={4}>
        <div className="case-side-head">
          <h3 className="case-side-name" data-who={sideHue(at)}>
            {side.name.trim() || t('cases.side', { number })}
          </h3>
          {canRemoveSide(form) && (
            <Button kind="quiet" size="s" icon="trash" onClick={() => onChange(withoutSide(form, at), path)}>
              {t('cases.side.remove')}
            </Button>
          )}
        </div>
        <RadioGroup
          label={t('cases.side.kind')}
          value={side.kind}
          columns
          options={(['person', 'organisation'] as const).map((value) => ({ value, label: t(`cases.side.${value}`) }))}
          onChange={(kind) => onChange(changeSide(form, at, { kind }))}
        />
        <Field
          label={t(`cases.side.${side.kind}.name`)}
          error={faultNote(faults.get(`${path}.name`), t, { value: side.name, onChange: setName })}
        >
          <TextInput value={side.name} maxLength={160} autoComplete="off" onChange={setName} />
        </Field>
        <Field
          label={t('cases.side.details')}
          hint={t(`cases.side.${side.kind}.details`)}
          optional
          error={faultNote(faults.get(`${path}.details`), t, { value: side.details, onChange: setDetails, use: 'document' })}
        >
          <TextArea line value={side.details} maxLength={400} onChange={setDetails} />
        </Field>
        {side.people.map((person, index) => (
          <PersonFields key={person.key} {...{ form, side, at, index, person, faults, onChange }} path={`${path}.people.${index}`} />
        ))}
        {canAddPerson(side) && (
          <div>
            <Button icon="plus" onClick={() => onChange(withPerson(form, at))}>
              {t('cases.person.add')}
            </Button>
          </div>
        )}
      </Stack>
    </Card>
  )
}
