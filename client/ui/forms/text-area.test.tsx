// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { TextArea } from './inputs.tsx'

/** A page that breaks words into lines: as many letters in one as the field is wide, each line twenty high. */
const page = { letters: 20, resized: new Set<() => void>() }

beforeEach(() => {
  page.letters = 20
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly #told: () => void
      constructor(told: () => void) {
        this.#told = told
      }
      observe = () => page.resized.add(this.#told)
      disconnect = () => page.resized.delete(this.#told)
    },
  )
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockImplementation(() => page.letters)
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function (this: HTMLElement) {
    const letters = this instanceof HTMLTextAreaElement ? this.value.length : 0
    return 20 * Math.max(1, Math.ceil(letters / page.letters))
  })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function Screen() {
  const [value, setValue] = useState('')
  return <TextArea line aria-label="Code" value={value} onChange={setValue} />
}

it('[UI-71] a field that grows shows all that is written, and still does when it has become narrower', () => {
  const { unmount } = render(<Screen />)
  const field = screen.getByLabelText<HTMLTextAreaElement>('Code')
  fireEvent.change(field, { target: { value: '1234 '.repeat(8) } })
  expect(field.style.height).toBe('40px')
  act(() => {
    page.letters = 10
    for (const told of page.resized) told()
  })
  expect(field.style.height).toBe('80px')
  unmount()
  expect(page.resized.size).toBe(0)
})
