// The fields by which staff sign in and are known, each with its fault in words.
import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { EmailInput, PasswordInput } from '#client/ui/forms/rare-inputs.tsx'
import { PASSWORD_MIN } from '#shared/identity/identity-fields.ts'
import { faultNote } from './fault-note.tsx'
import { faultWords } from './fault-words.ts'
import type { FormField } from './use-fields.ts'

interface AccountFieldProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly field: FormField
}

export function EmailField({ label, hint, field: { value, fault, onChange } }: AccountFieldProps) {
  const t = useTexts()
  return (
    <Field label={label} hint={hint} error={faultWords(fault, t, t('identity.fault.email'))}>
      <EmailInput value={value} autoComplete="username" onChange={onChange} />
    </Field>
  )
}

/** `chosen` here and now: it must be long enough, and the browser may propose one. */
export function PasswordField({
  label,
  hint,
  chosen = false,
  field: { value, fault, onChange },
}: AccountFieldProps & { chosen?: boolean }) {
  const t = useTexts()
  const tooShort = chosen ? t('identity.fault.password', { count: PASSWORD_MIN }) : undefined
  return (
    <Field label={label} hint={hint} error={faultWords(fault, t, tooShort)}>
      <PasswordInput value={value} autoComplete={chosen ? 'new-password' : 'current-password'} onChange={onChange} />
    </Field>
  )
}

interface LineFieldProps extends AccountFieldProps {
  readonly optional?: boolean
  readonly maxLength: number
  readonly autoComplete?: string
}

/** One line of words; a letter that may not stand there can be put right by one press. */
export function LineField({ label, hint, optional = false, field, maxLength, autoComplete }: LineFieldProps) {
  const t = useTexts()
  return (
    <Field label={label} hint={hint} optional={optional} error={faultNote(field.fault, t, field)}>
      <TextInput value={field.value} maxLength={maxLength} autoComplete={autoComplete} onChange={field.onChange} />
    </Field>
  )
}
