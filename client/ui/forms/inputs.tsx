// What is typed or ticked on the way into a room and in it; other fields: rare-inputs.tsx.
import { type ComponentPropsWithRef, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { useFieldControl } from './Field.tsx'
import './field.css'

export type Plain<Tag extends 'input' | 'select' | 'textarea'> = Omit<
  ComponentPropsWithRef<Tag>,
  'className' | 'style' | 'onChange' | 'value'
>

export interface Valued {
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
