import { type ComponentPropsWithRef, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { useFieldControl } from './Field.tsx'
import './field.css'

type Plain<Tag extends 'input' | 'select' | 'textarea'> = Omit<ComponentPropsWithRef<Tag>, 'className' | 'style' | 'onChange' | 'value'>

interface Valued {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** `short` for numbers and codes: a field as long as what belongs in it. */
export function TextInput({ onChange, short = false, ...rest }: Plain<'input'> & Valued & { readonly short?: boolean }) {
  return (
    <input
      {...useFieldControl()}
      {...rest}
      className="ui-input"
      data-short={short || undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

export function PhoneInput(props: Plain<'input'> & Valued) {
  return <TextInput type="tel" inputMode="tel" placeholder="+7" {...props} />
}

export function EmailInput(props: Plain<'input'> & Valued) {
  return <TextInput type="email" inputMode="email" autoCapitalize="none" spellCheck={false} {...props} />
}

/** Grows with what is written. `line` begins as one line, as in a composer. */
export function TextArea({ onChange, value, line = false, ...rest }: Plain<'textarea'> & Valued & { readonly line?: boolean }) {
  const area = useRef<HTMLTextAreaElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    if (area.current) growToFit(area.current)
  }, [value])
  // a phone that is turned, a window made narrower: the same words need other lines
  useEffect(() => {
    const box = area.current
    if (!box || typeof ResizeObserver === 'undefined') return
    let width = box.offsetWidth
    const observer = new ResizeObserver(() => {
      if (box.offsetWidth === width) return
      width = box.offsetWidth
      growToFit(box)
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  return (
    <textarea
      {...useFieldControl()}
      rows={line ? 1 : 3}
      {...rest}
      ref={area}
      value={value}
      className="ui-input"
      data-grow={line ? 'line' : 'text'}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function growToFit(box: HTMLTextAreaElement): void {
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
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

interface CheckboxProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly note?: ReactNode
  readonly framed?: boolean
  readonly disabled?: boolean
  readonly children: ReactNode
}

export function Checkbox({ checked, onChange, note, framed = false, disabled = false, children }: CheckboxProps) {
  return (
    <label className="ui-choice" data-framed={framed || undefined}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span className="ui-choice-words">
        {children}
        {note && <small>{note}</small>}
      </span>
    </label>
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
