// One person's fields in a dialog, to add somebody or to correct what is said of them; what is sent is the caller's.
import { FormDialog } from '#client/identity/forms/FormDialog.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { Muted } from '#client/ui/base/layout.tsx'
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
  const form = useFields({ schema: newPerson, first, input: personInput, send: (person) => send(person).then(() => undefined) })
  return (
    <FormDialog form={form} size="s" {...{ title, action, onClose }}>
      <PersonForm fields={form.fields} faults={form.faults} choosesRole={choosesRole} onChange={form.change} />
      <Muted small>{note}</Muted>
    </FormDialog>
  )
}
