import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { LineField } from '#client/identity/forms/AccountFields.tsx'
import { FormDialog } from '#client/identity/forms/FormDialog.tsx'
import { useFields } from '#client/identity/forms/use-fields.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Muted } from '#client/ui/base/layout.tsx'
import { caseTitleCorrect } from '#shared/cases/case-routes.ts'
import { asId, type CaseId, type CommandId } from '#shared/kernel/ids.ts'

interface TitleDialogProps {
  readonly caseId: CaseId
  readonly title: string
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

export function TitleDialog({ caseId, title, onDone, onClose }: TitleDialogProps) {
  const t = useTexts()
  const call = useStaffCall()
  // One for each text: what is sent twice is one correction.
  const [commandIds] = useState(() => new Map<string, CommandId>())
  const commandIdOf = (text: string) => {
    const known = commandIds.get(text) ?? asId<CommandId>(randomId())
    commandIds.set(text, known)
    return known
  }
  const form = useFields({
    schema: caseTitleCorrect.input,
    first: { title },
    input: (fields) => ({ caseId, commandId: commandIdOf(fields.title), ...fields }),
    async send(input) {
      await call(caseTitleCorrect, input)
      await onDone()
      return undefined
    },
  })
  return (
    <FormDialog form={form} size="s" title={t('cases.title.correct')} action={t('ui.save')} onClose={onClose}>
      <LineField label={t('cases.title')} field={form.field('title')} maxLength={120} autoComplete="off" />
      <Muted small>{t('cases.title.correct.note')}</Muted>
    </FormDialog>
  )
}
