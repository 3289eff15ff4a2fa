// Six digits in one field: the keyboard of digits, a code from a message filled in by the phone, and any way of pasting it.
import { useFieldControl } from './Field.tsx'
import './field.css'

interface CodeInputProps {
  readonly value: string
  /** Digits only, never more than `length`. */
  readonly onChange: (digits: string) => void
  /** Once all digits stand; the form may go on by itself. */
  readonly onComplete?: (digits: string) => void
  readonly length?: number
  readonly disabled?: boolean
  readonly autoFocus?: boolean
}

export function CodeInput({ value, onChange, onComplete, length = 6, disabled = false, autoFocus = false }: CodeInputProps) {
  const take = (text: string) => {
    const digits = text.replace(/\D/g, '').slice(0, length)
    onChange(digits)
    if (digits.length === length && digits !== value) onComplete?.(digits)
  }
  return (
    <input
      {...useFieldControl()}
      className="ui-input ui-code"
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]*"
      spellCheck={false}
      placeholder={'·'.repeat(length)}
      value={value}
      disabled={disabled}
      // biome-ignore lint/a11y/noAutofocus: the only field of its screen; asked for by the screen
      autoFocus={autoFocus}
      onChange={(event) => take(event.target.value)}
      onPaste={(event) => {
        event.preventDefault()
        take(event.clipboardData.getData('text'))
      }}
    />
  )
}
