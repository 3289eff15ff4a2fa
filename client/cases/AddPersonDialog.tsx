import { type FormEvent, useId, useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useForm } from '#client/identity/staff/use-form.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Select } from '#client/ui/forms/inputs.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { casePersonAdd, newPerson } from '#shared/cases/case-routes.ts'
import { SIDE_ROLES } from '#shared/cases/people-fields.ts'
import type { Side } from '#shared/cases/people-protocol.ts'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { type PersonFields, PersonForm, personInput } from './PersonForm.tsx'

interface AddPersonDialogProps {
  readonly caseId: CaseId
  readonly side: Side
  /** What they are met in until somebody says otherwise. */
  readonly language: Locale
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

/** Somebody more for a side: most often a representative. */
export function AddPersonDialog({ caseId, side, language, onDone, onClose }: AddPersonDialogProps) {
  const t = useTexts()
  const call = useStaffCall()
  const id = useId()
  // One id for as long as the dialog is open: what is sent twice is one person.
  const [participantId] = useState(() => asId<ParticipantId>(randomId()))
  const [fields, setFields] = useState<PersonFields>({ name: '', role: 'representative', authority: '', language, phone: '', email: '' })
  const form = useForm(newPerson, async (input) => {
    await call(casePersonAdd, { caseId, participantId, sideId: side.id, ...input })
    await onDone()
  })
  const change = (part: Partial<PersonFields>) => {
    setFields((before) => ({ ...before, ...part }))
    for (const path of Object.keys(part)) form.touch(path)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.submit(personInput(fields))
  }
  return (
    <Dialog
      size="s"
      title={t('cases.person.add.title', { side: side.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={id} kind="primary" busy={form.busy}>
            {t('cases.person.add.do')}
          </Button>
        </>
      }
    >
      <form id={id} ref={form.ref} onSubmit={submit} noValidate>
        <Stack gap={4}>
          {form.problem && <ProblemBanner problem={form.problem} />}
          <PersonForm fields={fields} faults={form.faults} onChange={change}>
            <Field label={t('cases.person.role')}>
              <Select
                value={fields.role}
                options={SIDE_ROLES.map((value) => ({ value, label: t(`cases.role.${value}`) }))}
                onChange={(role) => change({ role })}
              />
            </Field>
          </PersonForm>
          <Muted small>{t('cases.person.add.note')}</Muted>
        </Stack>
      </form>
    </Dialog>
  )
}
