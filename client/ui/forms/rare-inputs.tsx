// Fields of few screens, none of which lies on the way into a room.
import { type ReactNode, useId, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { useFieldControl } from './Field.tsx'
import { type Plain, TextInput, type Valued } from './inputs.tsx'
import './field.css'

export function PhoneInput(props: Plain<'input'> & Valued) {
  return <TextInput type="tel" inputMode="tel" placeholder="+7" {...props} />
}

export function EmailInput(props: Plain<'input'> & Valued) {
  return <TextInput type="email" inputMode="email" autoCapitalize="none" spellCheck={false} {...props} />
}

interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly note?: string
}

export function Select<Value extends string>({
  options,
  value,
  onChange,
  placeholder,
  ...rest
}: Plain<'select'> & { options: ReadonlyArray<Choice<Value>>; value: Value | ''; onChange: (value: Value) => void; placeholder?: string }) {
  const chosen = (text: string) => options.find((option) => option.value === text)
  return (
    <span className="ui-select">
      <select
        {...useFieldControl()}
        {...rest}
        className="ui-input"
        value={value}
        onChange={(event) => {
          const option = chosen(event.target.value)
          if (option) onChange(option.value)
        }}
      >
        {placeholder !== undefined && (
          <option value="" disabled>
            {placeholder}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  )
}

/** A day as `2026-11-22`, the device's own picker. */
export function DateInput({ onChange, ...rest }: Plain<'input'> & Valued) {
  return (
    <input
      {...useFieldControl()}
      {...rest}
      type="date"
      className="ui-input"
      data-short
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

export function PasswordInput({
  onChange,
  autoComplete,
  ...rest
}: Plain<'input'> & Valued & { readonly autoComplete: 'current-password' | 'new-password' }) {
  const t = useTexts()
  const [shown, setShown] = useState(false)
  return (
    <span className="ui-password">
      <input
        {...useFieldControl()}
        {...rest}
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        className="ui-input"
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton
        icon={shown ? 'eye-off' : 'eye'}
        label={shown ? t('ui.password.hide') : t('ui.password.show')}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      />
    </span>
  )
}

interface RadioGroupProps<Value extends string> {
  readonly label: ReactNode
  readonly options: ReadonlyArray<Choice<Value>>
  readonly value: Value | undefined
  readonly onChange: (value: Value) => void
  readonly columns?: boolean
}

/** Nothing is preselected unless `value` says so. */
export function RadioGroup<Value extends string>({ label, options, value, onChange, columns = false }: RadioGroupProps<Value>) {
  const name = useId()
  return (
    <fieldset className="ui-radios" data-columns={columns || undefined}>
      <legend>{label}</legend>
      <div className="ui-radios-options">
        {options.map((option) => (
          <label key={option.value} className="ui-choice" data-framed>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span className="ui-choice-words">
              {option.label}
              {option.note && <small>{option.note}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
