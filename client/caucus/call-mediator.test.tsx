// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { mediatorCalled } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { CallMediator } from './CallMediator.tsx'

afterEach(cleanup)

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
