// A label, what it asks for, a hint and what is wrong, tied to the control inside by ids.
import { createContext, type ReactNode, useContext, useId } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import './field.css'

interface FieldControl {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

const FieldContext = createContext<FieldControl | undefined>(undefined)

interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Words, not codes: what is wrong and what to do. */
  readonly error?: ReactNode
  readonly optional?: boolean
  readonly children: ReactNode
}

export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const t = useTexts()
  const id = useId()
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  const control: FieldControl = {
    id,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(error ? { 'aria-invalid': true as const } : {}),
  }
  return (
    <div className="ui-field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="ui-field-optional"> {t('ui.optional')}</span>}
      </label>
      <FieldContext value={control}>{children}</FieldContext>
      {error && (
        <p id={`${id}-error`} className="ui-field-error" role="alert">
          <Icon name="warn" size="s" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="ui-field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}

/** What a control inside a <Field> has to carry; empty outside one, where the control brings its own label. */
export function useFieldControl(): Partial<FieldControl> {
  return useContext(FieldContext) ?? {}
}
