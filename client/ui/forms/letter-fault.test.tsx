// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { Composer } from '#client/ui/talk/Composer.tsx'
import { LOCALES } from '#shared/kernel/locale.ts'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { TEXT_REASONS, textProblem } from '#shared/protocol/text-reasons.ts'
import { LetterFault } from './LetterFault.tsx'

afterEach(cleanup)

function Writing({ first, onSend }: { first: string; onSend: () => void }) {
  const [text, setText] = useState(first)
  const fault = textProblem('message', cleanText('message', text))
  return (
    <Composer
      who="joint"
      readers="All will read this"
      value={text}
      onChange={setText}
      onSend={onSend}
      sendLabel="To all"
      label="Message"
      fault={fault && <LetterFault problem={fault} use="message" value={text} onChange={setText} />}
    />
  )
}

describe('a letter that may not stand', () => {
  it('[CHR-11] keeps a message from being sent, is said under the field, and one press takes it out', () => {
    const send = vi.fn()
    renderWithTexts(<Writing first={'Sum \u202e000 1'} onSend={send} />)
    const field = screen.getByLabelText<HTMLTextAreaElement>('Message')
    fireEvent.click(screen.getByRole('button', { name: 'To all' }))
    expect(send).not.toHaveBeenCalled()
    expect(field.getAttribute('aria-invalid')).toBe('true')
    const [described] = (field.getAttribute('aria-describedby') ?? '').split(' ')
    expect(document.getElementById(described ?? '')?.textContent).toContain('U+202E, character 5')
    fireEvent.click(screen.getByRole('button', { name: 'Take out' }))
    expect(field.value).toBe('Sum 000 1')
    expect(screen.queryByRole('alert')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'To all' }))
    expect(send).toHaveBeenCalledOnce()
  })

  it('[CHR-11] every reason has words of its own in three languages, none with a hole', () => {
    const details = { character: 'Ѳ', codePoint: 'U+0472', place: 6, instead: 'Ө' }
    for (const locale of LOCALES) {
      const words = Object.values(TEXT_REASONS).map((reason) => problemWords({ kind: 'invalid', reason, details }, testTranslate(locale)))
      expect(new Set(words).size).toBe(words.length)
      for (const each of words) expect(each).not.toMatch(/[{}]|undefined/)
    }
  })
})
