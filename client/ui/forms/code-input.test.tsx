// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { CodeInput } from './CodeInput.tsx'
import { Field } from './Field.tsx'

afterEach(cleanup)

function Form({ onComplete }: { onComplete: (digits: string) => void }) {
  const [code, setCode] = useState('')
  return (
    <Field label="Code" hint="Six digits">
      <CodeInput value={code} onChange={setCode} onComplete={onComplete} />
    </Field>
  )
}

describe('the code field', () => {
  it('[UI-20] takes a code pasted in any writing and reports it complete once', () => {
    const complete = vi.fn()
    renderWithTexts(<Form onComplete={complete} />)
    const field = screen.getByLabelText<HTMLInputElement>('Code')
    fireEvent.paste(field, { clipboardData: { getData: () => 'Your code: 482 016.' } })
    expect(field.value).toBe('482016')
    expect(complete.mock.calls).toEqual([['482016']])
  })

  it('[UI-20] keeps digits only, and never more than six', () => {
    renderWithTexts(<Form onComplete={vi.fn()} />)
    const field = screen.getByLabelText<HTMLInputElement>('Code')
    fireEvent.change(field, { target: { value: '4a8-2' } })
    expect(field.value).toBe('482')
    fireEvent.change(field, { target: { value: '48201699' } })
    expect(field.value).toBe('482016')
  })

  it('[UI-20] asks the phone for digits and for the code of a message, and is described by its hint', () => {
    renderWithTexts(<Form onComplete={vi.fn()} />)
    const field = screen.getByLabelText<HTMLInputElement>('Code')
    expect([field.inputMode, field.autocomplete]).toEqual(['numeric', 'one-time-code'])
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Six digits')
  })
})
