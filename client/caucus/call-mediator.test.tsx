// @vitest-environment jsdom
// Whoever calls the mediator reads beforehand who will see it.
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MARIA, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
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
})
