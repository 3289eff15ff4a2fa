// Where one writes. The ribbon above and the button name the readers; the field is described by the ribbon.
import { type FormEvent, type KeyboardEvent, type ReactNode, useId } from 'react'
import { Button } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { Who } from '#client/ui/base/who.ts'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { isSendKey } from './enter-sends.ts'
import { Ribbon } from './Ribbon.tsx'
import './talk.css'

interface ComposerProps {
  readonly who: Who
  /** «All will read this» */
  readonly readers: ReactNode
  readonly readersMore?: ReactNode
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onSend: () => void
  /** «To all», «To the mediator» */
  readonly sendLabel: string
  readonly label: string
  readonly placeholder?: string
  readonly disabled?: boolean
  /** Before the field: attach a file. */
  readonly before?: ReactNode
  /** Under the field: what keeps these words from being sent. */
  readonly fault?: ReactNode
  /** Enter alone sends. */
  readonly enterSends?: boolean
  /** What Enter does, in words. */
  readonly hint?: ReactNode
}

export function Composer({
  who,
  readers,
  readersMore,
  value,
  onChange,
  onSend,
  sendLabel,
  label,
  placeholder,
  disabled = false,
  before,
  fault,
  enterSends = false,
  hint,
}: ComposerProps) {
  const ribbon = useId()
  const faultId = useId()
  const hintId = useId()
  const empty = value.trim() === ''
  const send = (event: FormEvent) => {
    event.preventDefault()
    // the button keeps the room's colour while nothing is written: it says who will read
    if (!empty && !disabled && !fault) onSend()
  }
  const keys = (event: KeyboardEvent) => {
    if (isSendKey(event, enterSends)) send(event)
  }
  return (
    <form className="ui-composer" data-who={who} onSubmit={send}>
      <Ribbon who={who} id={ribbon} more={readersMore}>
        {readers}
      </Ribbon>
      <div className="ui-composer-row">
        {before}
        <TextArea
          line
          value={value}
          onChange={onChange}
          aria-label={label}
          aria-describedby={[fault && faultId, ribbon, hint && hintId].filter(Boolean).join(' ')}
          aria-invalid={fault ? true : undefined}
          placeholder={placeholder}
          disabled={disabled}
          enterKeyHint={enterSends ? 'send' : 'enter'}
          onKeyDown={keys}
        />
        <Button type="submit" kind="who" who={who} disabled={disabled}>
          {sendLabel}
        </Button>
      </div>
      {hint && (
        <div id={hintId} className="ui-composer-hint">
          {hint}
        </div>
      )}
      {fault && (
        <div id={faultId} className="ui-composer-fault ui-field-error" role="alert">
          <Icon name="warn" size="s" />
          {fault}
        </div>
      )}
    </form>
  )
}
