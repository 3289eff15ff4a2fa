import { useTexts } from '#client/i18n/texts.tsx'
import { CodeInput } from '#client/ui/forms/CodeInput.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { PasswordInput } from '#client/ui/forms/rare-inputs.tsx'
import { CODE_DIGITS } from '#shared/identity/join-fields.ts'
import type { SigningAsked } from '#shared/signing/signing-routes.ts'

interface ConfirmFieldProps {
  readonly confirm: SigningAsked['confirm']
  readonly value: string
  readonly onChange: (value: string) => void
  /** When the code ends, as people read it. */
  readonly until: string
}

export function ConfirmField({ confirm, value, onChange, until }: ConfirmFieldProps) {
  const t = useTexts()
  if (confirm === 'password') {
    return (
      <Field label={t('signing.password')} hint={t('signing.password.hint')}>
        <PasswordInput value={value} onChange={onChange} autoComplete="current-password" />
      </Field>
    )
  }
  return (
    <Field label={t('signing.new-code.label')} hint={`${t(`signing.code-way.${confirm}`)} ${t('signing.code-until', { time: until })}`}>
      <CodeInput value={value} onChange={onChange} />
    </Field>
  )
}

export function isConfirmed(confirm: SigningAsked['confirm'], value: string): boolean {
  return confirm === 'password' ? value !== '' : value.length === CODE_DIGITS
}
