// @vitest-environment jsdom
// Whoever calls the mediator reads beforehand who will see it.
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { mediatorCalled } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { CallMediator } from './CallMediator.tsx'

beforeAll(addDialog)
afterEach(cleanup)

function running() {
  const world = smallCase().happen(sessionStarted, 'case', {})
  for (const person of [AIGUL, PAVEL, MARIA]) world.enter(person).confirm(person)
  return world.join(AIGUL, sideAudience(BEREKE)).join(PAVEL, sideAudience(DALA)).join(MARIA, sideAudience(DALA))
}

describe('calling the mediator', () => {
  it.each(LOCALES)('[CAU-180] says that the mediator alone will see it only where nobody else is of that side: %s', async (locale) => {
    const t = testTranslate(locale)
    void renderCase(running(), AIGUL, <CallMediator sideId={BEREKE} />, { locale })
    fireEvent.click(screen.getByRole('button', { name: t('caucus.call.button') }))
    await screen.findByText(t('caucus.call.words'))
    cleanup()
    void renderCase(running(), PAVEL, <CallMediator sideId={DALA} />, { locale })
    fireEvent.click(screen.getByRole('button', { name: t('caucus.call.button') }))
    await screen.findByText(t('caucus.call.words-with', { names: 'Мария Жук' }))
    expect(screen.queryByText(t('caucus.call.words'))).toBeNull()
  })

  it.each(LOCALES)('[CAU-180] "you called" is said to whoever called; the others of the side read who it was: %s', (locale) => {
    const t = testTranslate(locale)
    const world = running().happen(mediatorCalled, sideAudience(DALA), { reason: 'pause' }, PAVEL)
    void renderCase(world, PAVEL, <CallMediator sideId={DALA} />, { locale })
    screen.getByText(t('caucus.call.pending'))
    cleanup()
    void renderCase(world, MARIA, <CallMediator sideId={DALA} />, { locale })
    screen.getByText(t('caucus.call.pending-by', { name: 'Павел Ким' }))
    expect(screen.queryByText(t('caucus.call.pending'))).toBeNull()
  })

  it.each(LOCALES)('[CAU-160] a call says when it was made, and whether the mediator can see it now: %s', (locale) => {
    const say = testTranslate(locale)
    const room = sideAudience(BEREKE)
    const called = smallCase().enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', room).happen(mediatorCalled, room, { reason: 'talk' }, AIGUL)
    const said = (connected: ReadonlySet<typeof MED>, connection: ConnectionState = { kind: 'live' }) => {
      void renderCase(called, AIGUL, <CallMediator sideId={BEREKE} />, { locale, snapshot: { connected }, connection })
      const words = screen.getByRole('note').textContent ?? ''
      cleanup()
      return words
    }
    const away = say('caucus.call.pending-away', { time: '' }).split('. ')[1] ?? ''
    expect(away).not.toBe('')
    expect(said(new Set([AIGUL, MED]))).not.toContain(away)
    expect(said(new Set([AIGUL]))).toContain(away)
    expect(said(new Set([AIGUL]), { kind: 'offline', since: 0 })).not.toContain(away)
  })
})
