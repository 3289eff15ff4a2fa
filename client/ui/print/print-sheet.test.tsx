// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PrintSheet } from './PrintSheet.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A browser that prints, and keeps what stood on the page when it did. */
function printer(): string[] {
  const printed: string[] = []
  vi.stubGlobal('matchMedia', () => ({ addEventListener: () => undefined, removeEventListener: () => undefined }))
  vi.spyOn(window, 'print').mockImplementation(() => {
    window.dispatchEvent(new Event('beforeprint'))
    const sheets = [...document.querySelectorAll('body > .ui-print')]
    printed.push(...sheets.map((sheet) => `${sheet.hasAttribute('data-asked') ? 'asked: ' : ''}${sheet.textContent}`))
    window.dispatchEvent(new Event('afterprint'))
  })
  return printed
}

describe('what goes on paper', () => {
  it('[UI-90] is drawn as it stands at the moment of printing, and does not stand on the page before and after', () => {
    const printed = printer()
    let words = 'the text as it was'
    render(<PrintSheet mark="Draft. ">{() => words}</PrintSheet>)
    expect(document.querySelector('.ui-print')).toBeNull()
    words = 'the text as it is'
    act(() => window.print())
    expect(printed).toEqual(['Draft. the text as it is'])
    expect(document.querySelector('.ui-print')).toBeNull()
  })

  it('[UI-90] stays whole when news of an earlier medium comes late, and goes with the medium where no print was begun', () => {
    const media = new EventTarget()
    vi.stubGlobal('matchMedia', () => media)
    const medium = (matches: boolean) => act(() => media.dispatchEvent(Object.assign(new Event('change'), { matches })))
    const sheet = () => document.querySelector('.ui-print')
    render(<PrintSheet mark="">{() => 'the text'}</PrintSheet>)
    act(() => window.dispatchEvent(new Event('beforeprint')))
    const counted = sheet()
    medium(false)
    expect(sheet()).toBe(counted)
    medium(true)
    expect(sheet()).toBe(counted)
    act(() => window.dispatchEvent(new Event('afterprint')))
    expect(sheet()).toBeNull()
    medium(true)
    expect(sheet()).not.toBeNull()
    medium(false)
    expect(sheet()).toBeNull()
  })

  it('[UI-93] what was asked for is printed once, is told apart from what the page prints by itself, and then goes', async () => {
    const printed = printer()
    const onPrinted = vi.fn()
    const page = (asked: boolean) => (
      <>
        <PrintSheet mark="">{() => 'the draft'}</PrintSheet>
        <PrintSheet mark="" asked={asked ? { onPrinted } : undefined}>
          {() => 'the record'}
        </PrintSheet>
      </>
    )
    const { rerender } = render(page(false))
    await act(async () => rerender(page(true)))
    expect(printed).toContain('asked: the record')
    expect(printed).toHaveLength(2)
    expect(onPrinted).toHaveBeenCalledTimes(1)
    await act(async () => rerender(page(false)))
    expect(document.querySelector('.ui-print')).toBeNull()
  })
})
