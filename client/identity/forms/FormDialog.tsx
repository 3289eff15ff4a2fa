import { type ReactNode, useId } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import { Stack } from '#client/ui/base/layout.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { FieldsForm } from './use-fields.ts'

interface FormDialogProps {
  readonly form: Pick<FieldsForm<never, never>, 'ref' | 'onSubmit' | 'busy' | 'wait' | 'problem'>
  readonly title: string
  /** On the button that sends; while there is to be waited the seconds stand in its place. */
  readonly action: string
  readonly icon?: IconName
  readonly size?: 's' | 'm'
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A short form in a dialog, which stays open until whoever shows it takes it away: what it was sent for may be refused. */
export function FormDialog({ form, action, onClose, children, ...look }: FormDialogProps) {
  const id = useId()
  const t = useTexts()
  return (
    <ConfirmDialog
      {...look}
      confirm={form.wait > 0 ? t('ui.wait', { seconds: form.wait }) : action}
      busy={form.busy}
      disabled={form.wait > 0}
      problem={form.problem}
      form={id}
      onClose={onClose}
    >
      <form id={id} ref={form.ref} onSubmit={form.onSubmit} noValidate>
        <Stack gap={4}>{children}</Stack>
      </form>
    </ConfirmDialog>
  )
}
