// One of two answers, neither of them inviting: the one that stands is marked, the other can be taken. The arrow keys only walk: an answer
// that somebody else is told of is given by Space, Enter or a press.
import { type KeyboardEvent, useRef } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import './two-way-switch.css'

interface TwoWaySwitchProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly [TwoWayOption<Value>, TwoWayOption<Value>]
  readonly onChange: (value: Value) => void
  /** Under way: nothing can be taken. */
  readonly busy?: boolean
  /** Where the words stand that say more, and why an answer cannot be given. */
  readonly describedBy?: string
}

interface TwoWayOption<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly disabled?: boolean
}

export function TwoWaySwitch<Value extends string>({
  label,
  value,
  options,
  onChange,
  busy = false,
  describedBy,
}: TwoWaySwitchProps<Value>) {
  const group = useRef<HTMLDivElement>(null)
  const walk = (event: KeyboardEvent) => {
    if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    const radios = [...(group.current?.querySelectorAll<HTMLElement>('[role=radio]') ?? [])]
    radios.find((radio) => radio !== document.activeElement)?.focus()
  }
  return (
    <div
      ref={group}
      role="radiogroup"
      tabIndex={-1}
      aria-label={label}
      aria-describedby={describedBy}
      className="ui-two-way"
      onKeyDown={walk}
    >
      {options.map((option) => {
        const on = option.value === value
        const off = busy || (option.disabled ?? false)
        return (
          // biome-ignore lint/a11y/useSemanticElements: the platform's radio changes with the arrow keys, and this answer is told to somebody
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={on}
            aria-disabled={(off && !on) || undefined}
            tabIndex={on ? 0 : -1}
            onClick={() => {
              if (!on && !off) onChange(option.value)
            }}
          >
            <Icon name="check" size="s" />
            <span>{option.label}</span>
          </button>
        )
      })}
    </div>
  )
}
