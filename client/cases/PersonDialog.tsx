// One person's fields in a dialog, to add somebody or to correct what is said of them; what is sent is the caller's.
import { useId } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
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
  const t = useTexts()
  const form = useFields({ schema: newPerson, first, input: personInput, send: (person) => send(person).then(() => undefined) })
  return (
    <ConfirmDialog
      size="s"
      title={title}
      confirm={form.wait > 0 ? t('ui.wait', { seconds: form.wait }) : action}
      busy={form.busy}
      disabled={form.wait > 0}
      problem={form.problem}
      form={id}
      onClose={onClose}
    >
      <form id={id} ref={form.ref} onSubmit={form.onSubmit} noValidate>
        <Stack gap={4}>
          <PersonForm fields={form.fields} faults={form.faults} choosesRole={choosesRole} onChange={form.change} />
          <Muted small>{note}</Muted>
        </Stack>
      </form>
    </ConfirmDialog>
  )
}
