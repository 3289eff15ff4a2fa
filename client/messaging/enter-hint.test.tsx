// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPreferences } from '#client/app/preferences.ts'
import { renderCase, roomIn } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { EnterContext } from '#client/ui/talk/enter-choice.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { RoomComposer } from './RoomComposer.tsx'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const t = testTranslate('en')

function Chosen({ children }: { children: React.ReactNode }) {
  const [sends, choose] = useState(true)
  return <EnterContext value={{ sends, choose }}>{children}</EnterContext>
}

function shown(desktop: boolean) {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: desktop || !query.includes('pointer'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }))
  const world = smallCase().happen(sessionStarted, 'case', {}).enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', sideAudience(BEREKE))
  void renderCase(
    world,
    AIGUL,
    <Chosen>
      <RoomComposer room={roomIn(world, AIGUL, 'all')} alone={false} />
    </Chosen>,
  )
  const field = screen.getByRole('textbox')
  fireEvent.change(field, { target: { value: 'Добрый день' } })
  return field
}
const question = () => screen.queryByRole('alertdialog', { name: t('messaging.question.title') })

describe('what Enter does', () => {
  it('[UI-102] on a desktop it sends, the first message is asked about first, and a key held down is no answer', () => {
    fireEvent.keyDown(shown(true), { key: 'Enter' })
    const asked = question()
    expect(asked).not.toBeNull()
    const held = createEvent.keyDown(document.activeElement ?? document, { key: 'Enter', repeat: true })
    fireEvent(document.activeElement ?? document, held)
    expect(held.defaultPrevented).toBe(true)
    expect(question()).toBe(asked)
  })

  it('[UI-102] the hint describes the field and turns it round', () => {
    const field = shown(true)
    const described = () => (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
    expect(described().join()).toContain(t('messaging.enter.sends'))
    fireEvent.click(screen.getByRole('button', { name: t('messaging.enter.turn') }))
    expect(described().join()).toContain(t('messaging.enter.breaks'))
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(question()).toBeNull()
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
    expect(question()).not.toBeNull()
  })

  it('[UI-102] on a phone it begins a new line, and there is nothing to choose', () => {
    fireEvent.keyDown(shown(false), { key: 'Enter' })
    expect(question()).toBeNull()
    expect(screen.queryByRole('button', { name: t('messaging.enter.turn') })).toBeNull()
  })

  it('[UI-102] what was chosen stands on the device', () => {
    const kept = new Map<string, string>()
    const device = () => createPreferences({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) })
    expect(device().enterSends()).toBe(true)
    device().keepEnterSends(false)
    expect(device().enterSends()).toBe(false)
    device().keepEnterSends(true)
    expect(device().enterSends()).toBe(true)
  })
})
