// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { Composer } from './Composer.tsx'
import { RoomSwitch, type RoomTab } from './RoomSwitch.tsx'

afterEach(cleanup)

const ROOMS: readonly RoomTab[] = [
  { id: 'all', label: 'All', who: 'joint' },
  { id: 'a', label: 'Mediator', who: 'a', unread: 2 },
]

function Rooms() {
  const [room, setRoom] = useState('all')
  return <RoomSwitch label="Rooms" rooms={ROOMS} current={room} onChange={setRoom} />
}

describe('the switch of rooms', () => {
  it('[UI-23] is one stop of the keyboard, walked with the arrow keys', () => {
    renderWithTexts(<Rooms />)
    const [all, mediator] = screen.getAllByRole('tab')
    expect([all?.tabIndex, mediator?.tabIndex]).toEqual([0, -1])
    if (all) fireEvent.keyDown(all, { key: 'ArrowRight' })
    expect(mediator?.getAttribute('aria-selected')).toBe('true')
    expect(document.activeElement).toBe(mediator)
  })

  it('[UI-23] says how much is unread elsewhere, and nothing for the room one is in', () => {
    renderWithTexts(<Rooms />, { locale: 'ru' })
    expect(screen.getByRole('img', { name: '2 новых' })).toBeTruthy()
    fireEvent.click(screen.getByRole('tab', { name: /Mediator/ }))
    expect(screen.queryByRole('img', { name: '2 новых' })).toBeNull()
  })
})

describe('the composer', () => {
  const shown = (value: string, send: () => void, enterSends = false) =>
    renderWithTexts(
      <Composer
        who="a"
        readers="Only the mediator will read this"
        value={value}
        onChange={vi.fn()}
        onSend={send}
        sendLabel="To the mediator"
        label="Message"
        enterSends={enterSends}
      />,
    )

  it('[UI-24] is described by the ribbon that names its readers', () => {
    shown('', vi.fn())
    const ribbon = document.getElementById(screen.getByLabelText('Message').getAttribute('aria-describedby') ?? '')
    expect(ribbon?.textContent).toContain('Only the mediator will read this')
  })

  it('[UI-24] sends by its button or Ctrl+Enter, never nothing, and by Enter alone only where it is said to', () => {
    const send = vi.fn()
    const { unmount } = shown('  ', send)
    fireEvent.click(screen.getByRole('button', { name: 'To the mediator' }))
    expect(send).not.toHaveBeenCalled()
    unmount()
    shown('Yes', send)
    fireEvent.keyDown(screen.getByLabelText('Message'), { key: 'Enter' })
    expect(send).not.toHaveBeenCalled()
    fireEvent.keyDown(screen.getByLabelText('Message'), { key: 'Enter', ctrlKey: true })
    fireEvent.click(screen.getByRole('button', { name: 'To the mediator' }))
    expect(send).toHaveBeenCalledTimes(2)
  })

  it('[UI-102] where Enter sends, Shift+Enter does not, nor a key that composes letters or is held down', () => {
    const send = vi.fn()
    shown('Yes', send, true)
    const field = screen.getByLabelText('Message')
    const stays = [
      { shiftKey: true },
      { altKey: true },
      { isComposing: true },
      { keyCode: 229 },
      { repeat: true },
      { ctrlKey: true, isComposing: true },
    ]
    for (const how of stays) expect(fireEvent.keyDown(field, { key: 'Enter', ...how }), JSON.stringify(how)).toBe(true)
    expect(send).not.toHaveBeenCalled()
    expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(false)
    expect(fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })).toBe(false)
    expect(send).toHaveBeenCalledTimes(2)
  })
})
