// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { BREAKPOINTS } from '#client/ui/styles/breakpoints.ts'
import { Dialog } from './Dialog.tsx'
import { addDialog } from './dialog-testing.ts'

beforeAll(addDialog)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function Page() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {open && (
        <Dialog title="Close the text?" onClose={() => setOpen(false)}>
          It cannot be changed any more.
        </Dialog>
      )}
    </>
  )
}

describe('a dialog', () => {
  it('[UI-22] is named by its title and gives the focus back to what opened it', () => {
    renderWithTexts(<Page />)
    const opener = screen.getByRole('button', { name: 'Open' })
    opener.focus()
    fireEvent.click(opener)
    expect(screen.getByRole<HTMLDialogElement>('dialog', { name: 'Close the text?' }).open).toBe(true)
    screen.getByRole('button', { name: 'Close' }).focus()
    fireEvent.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(opener)
  })

  it.each([
    ['keys under the hands', true],
    ['a keyboard on the glass', false],
  ])('[UI-173] with %s it opens in its first field of words: %s', (_name, hands) => {
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: hands && query === BREAKPOINTS['desktop-hands'] }))
    renderWithTexts(
      <Dialog title="Correct" onClose={() => undefined}>
        <input type="radio" aria-label="who" />
        <input aria-label="name" />
      </Dialog>,
    )
    expect(document.activeElement === screen.getByLabelText('name')).toBe(hands)
  })

  it('[UI-22] Escape asks the owner to close it', () => {
    renderWithTexts(<Page />)
    fireEvent.click(screen.getByRole('button', { name: 'Open' }))
    fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
