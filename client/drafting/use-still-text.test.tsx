// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { useStillText } from './use-still-text.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function Sheet() {
  const still = useStillText()
  return (
    <>
      <div ref={still.above} data-testid="above" />
      <div ref={still.text} data-testid="text" />
    </>
  )
}

it('[DRA-177] a notice that comes and goes above the text moves none of its words on the screen', () => {
  let measure: () => void = () => undefined
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(measured: () => void) {
        measure = measured
      }
      observe() {}
      disconnect() {}
    },
  )
  render(<Sheet />)
  const [above, text] = ['above', 'text'].map((id) => screen.getByTestId(id)) as [HTMLElement, HTMLElement] // both are drawn
  const become = (height: number) =>
    act(() => {
      Object.defineProperty(above, 'offsetHeight', { value: height, configurable: true })
      measure()
    })
  text.scrollTop = 300
  // where a line stands: what is above the sheet, less how far it is scrolled
  const placeOfLine = () => above.offsetHeight - text.scrollTop
  become(0)
  const before = placeOfLine()
  for (const height of [130, 210, 80, 0]) {
    become(height)
    expect(placeOfLine()).toBe(before)
  }
})
