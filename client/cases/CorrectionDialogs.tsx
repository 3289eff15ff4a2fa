// Corrects what the case is called by: its name, its number. Everybody in the case sees the correction.
import { type ComponentProps, useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import type { TextId } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { LineField } from '#client/identity/forms/AccountFields.tsx'
import { FormDialog } from '#client/identity/forms/FormDialog.tsx'
import { type FormField, useFields } from '#client/identity/forms/use-fields.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Muted } from '#client/ui/base/layout.tsx'
import { caseNumberCorrect, caseTitleCorrect } from '#shared/cases/case-routes.ts'
import type { CaseFacts } from '#shared/cases/case-state.ts'
import { asId, type CaseId, type CommandId } from '#shared/kernel/ids.ts'

interface CorrectionProps {
  readonly caseId: CaseId
  readonly facts: CaseFacts
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

export function TitleDialog({ caseId, facts, onDone, onClose }: CorrectionProps) {
  const call = useStaffCall()
  const commandIdOf = useCommandIds()
  const form = useFields({
    schema: caseTitleCorrect.input,
    first: { title: facts.title },
    input: ({ title }) => ({ caseId, commandId: commandIdOf(title), title }),
    async send(input) {
      await call(caseTitleCorrect, input)
      await onDone()
      return undefined
    },
  })
  const words = { title: 'cases.title.correct', label: 'cases.title', note: 'cases.title.correct.note' } as const
  return <OneLine {...{ form, words, onClose }} field={form.field('title')} maxLength={120} />
}

export function NumberDialog({ caseId, facts, onDone, onClose }: CorrectionProps) {
  const call = useStaffCall()
  const commandIdOf = useCommandIds()
  const form = useFields({
    schema: caseNumberCorrect.input,
    first: { number: facts.number ?? '' },
    input: ({ number }) => ({ caseId, commandId: commandIdOf(number), number }),
    async send(input) {
      await call(caseNumberCorrect, input)
      await onDone()
      return undefined
    },
  })
  const words = { title: 'cases.number.correct', label: 'cases.number', note: 'cases.number.correct.note' } as const
  return <OneLine {...{ form, words, onClose }} field={form.field('number')} maxLength={60} />
}

/** One for each text: what is sent twice is one correction. */
function useCommandIds(): (text: string) => CommandId {
  const [known] = useState(() => new Map<string, CommandId>())
  return (text) => {
    const id = known.get(text) ?? asId<CommandId>(randomId())
    known.set(text, id)
    return id
  }
}

interface OneLineProps {
  readonly form: ComponentProps<typeof FormDialog>['form']
  readonly field: FormField
  readonly words: { readonly title: TextId; readonly label: TextId; readonly note: TextId }
  readonly maxLength: number
  readonly onClose: () => void
}

function OneLine({ form, field, words, maxLength, onClose }: OneLineProps) {
  const t = useTexts()
  return (
    <FormDialog form={form} size="s" title={t(words.title)} action={t('ui.save')} onClose={onClose}>
      <LineField label={t(words.label)} field={field} maxLength={maxLength} autoComplete="off" />
      <Muted small>{t(words.note)}</Muted>
    </FormDialog>
  )
}
