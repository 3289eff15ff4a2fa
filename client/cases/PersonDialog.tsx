// One person's fields in a dialog, to add somebody or to correct what is said of them; what is sent is the caller's.
import { type FormEvent, useId, useState } from 'react'
import { useForm } from '#client/identity/staff/use-form.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { type NewPerson, newPerson } from '#shared/cases/case-routes.ts'
import { type PersonFields, PersonForm, personInput } from './PersonForm.tsx'

interface PersonDialogProps {
  readonly title: string
  /** What comes of it, and who sees that. */
  readonly note: string
  /** On the button. */
  readonly action: string
  readonly first: PersonFields
  /** The role is chosen here; it stays what it is otherwise. */
  readonly choosesRole?: boolean
  readonly send: (person: NewPerson) => Promise<void>
  readonly onClose: () => void
}

export function PersonDialog({ title, note, action, first, choosesRole = false, send, onClose }: PersonDialogProps) {
  const id = useId()
  const [fields, setFields] = useState(first)
  const form = useForm(newPerson, send)
  const change = (part: Partial<PersonFields>) => {
    setFields((before) => ({ ...before, ...part }))
    for (const path of Object.keys(part)) form.touch(path)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void form.submit(personInput(fields))
  }
  return (
    <ConfirmDialog size="s" title={title} confirm={action} busy={form.busy} problem={form.problem} form={id} onClose={onClose}>
      <form id={id} ref={form.ref} onSubmit={submit} noValidate>
        <Stack gap={4}>
          <PersonForm fields={fields} faults={form.faults} choosesRole={choosesRole} onChange={change} />
          <Muted small>{note}</Muted>
        </Stack>
      </form>
    </ConfirmDialog>
  )
}
