// A name that was typed wrong, a new number: what the case says of somebody goes into its log, where they are reached stays with the invitation.
import { type FormEvent, useId, useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { useForm } from '#client/identity/staff/use-form.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { casePersonCorrect, newPerson } from '#shared/cases/case-routes.ts'
import { isSideRole } from '#shared/cases/people-fields.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import { type Invitation, invitationChange } from '#shared/identity/invitation-protocol.ts'
import { asId, type CaseId, type CommandId } from '#shared/kernel/ids.ts'
import { type PersonFields, PersonForm, personInput } from './PersonForm.tsx'

interface CorrectPersonDialogProps {
  readonly caseId: CaseId
  readonly person: CasePerson
  readonly invitation: Invitation
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

export function CorrectPersonDialog({ caseId, person, invitation, onDone, onClose }: CorrectPersonDialogProps) {
  const t = useTexts()
  const call = useStaffCall()
  const id = useId()
  const [fields, setFields] = useState<PersonFields>({
    name: person.name,
    role: isSideRole(person.role) ? person.role : 'party',
    authority: person.authority ?? '',
    language: person.language,
    phone: shownPhone(invitation.contacts.phone),
    email: invitation.contacts.email,
  })
  const form = useForm(newPerson, async ({ role: _role, phone = '', email = '', ...facts }) => {
    const commandId = asId<CommandId>(randomId())
    await call(casePersonCorrect, { caseId, participantId: person.id, commandId, ...facts })
    await call(invitationChange, { invitationId: invitation.id, phone, email, language: facts.language })
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
      title={t('cases.person.correct.title', { name: person.name })}
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
          <PersonForm fields={fields} faults={form.faults} onChange={change} />
          <Muted small>{t('cases.person.correct.note')}</Muted>
        </Stack>
      </form>
    </Dialog>
  )
}
