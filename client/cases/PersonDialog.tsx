// One person's fields in a dialog, to add somebody or to correct what is said of them; what is sent is the caller's.
import { FormDialog } from '#client/identity/forms/FormDialog.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { Muted } from '#client/ui/base/layout.tsx'
import { type AddedPerson, addedPerson } from '#shared/cases/case-routes.ts'
import type { AddedRole } from '#shared/cases/people-fields.ts'
import { type PersonFields, PersonForm, personInput } from './PersonForm.tsx'

interface PersonDialogProps {
  readonly title: string
  /** What comes of it, and who sees that. */
  readonly note: string
  /** On the button. */
  readonly action: string
  readonly first: PersonFields
  /** To choose from; without, the role stays what it is. */
  readonly roles?: readonly AddedRole[]
  readonly send: (person: AddedPerson) => Promise<void>
  readonly onClose: () => void
}

export function PersonDialog({ title, note, action, first, roles, send, onClose }: PersonDialogProps) {
  const form = useFields({
    schema: addedPerson,
    first,
    input: personInput<AddedRole>,
    send: (person) => send(person).then(() => undefined),
  })
  return (
    <FormDialog form={form} size="s" {...{ title, action, onClose }}>
      <PersonForm fields={form.fields} faults={form.faults} roles={roles} onChange={form.change} />
      <Muted small>{note}</Muted>
    </FormDialog>
  )
}
