// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MED, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { mediatorMoved } from '#shared/caucus/minutes/minutes-protocol.ts'
import { sessionTimesFold } from '#shared/caucus/minutes/session-times.ts'
import { selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { stateIn } from '#shared/log/fold.ts'
import { MinutesCard } from './MinutesCard.tsx'

afterEach(cleanup)

const MINUTE = 60_000
const running = () => smallCase().join(MED, selfAudience(MED)).happen(sessionStarted, 'case', {})

it.each(LOCALES)('[CAU-204] stands under a closed fold, as a table that says each side’s minutes in words: %s', (locale) => {
  const t = testTranslate(locale)
  const world = running().happen(mediatorMoved, selfAudience(MED), {
    place: undefined,
    session: undefined,
    spent: [{ place: sideAudience(BEREKE), whole: 25 * MINUTE, session: 12 * MINUTE }],
  })
  void renderCase(world, MED, <MinutesCard />, { locale })
  const fold = screen.getByText(t('caucus.minutes.title')).closest('details')
  expect(fold?.open).toBe(false)
  if (fold) fold.open = true
  const row = within(screen.getByRole('rowheader', { name: /Береке/ }).closest('tr') ?? document.body)
  const [session, whole] = row.getAllByRole('cell').map(({ textContent }) => textContent)
  expect(whole).toBe(t('caucus.minutes.count', { count: '25' }))
  expect(session).toBe(t('caucus.minutes.count', { count: '0' })) // those 12 were of another session
  expect(screen.queryByRole('alert')).toBeNull()
})

it('[CAU-204] is not there before a first session, nor for anybody of a side', () => {
  void renderCase(smallCase(), MED, <MinutesCard />)
  expect(document.querySelector('table')).toBeNull()
  cleanup()
  void renderCase(running().enter(AIGUL), AIGUL, <MinutesCard />)
  expect(document.querySelector('table')).toBeNull()
})

it('[CAU-204] a bar says what the words beside it say: of less than a minute nothing', () => {
  const world = running().happen(mediatorMoved, selfAudience(MED), {
    place: undefined,
    session: sessionsOf(running()),
    spent: [
      { place: sideAudience(BEREKE), whole: 12 * MINUTE, session: 12 * MINUTE },
      { place: sideAudience(DALA), whole: MINUTE - 1, session: MINUTE - 1 },
    ],
  })
  void renderCase(world, MED, <MinutesCard />)
  const bars = [...document.querySelectorAll<HTMLElement>('.caucus-minutes-bar > span')].map(({ style }) => style.inlineSize)
  expect(bars).toEqual(['100%', '0%'])
})

const sessionsOf = (world: SmallCase) => stateIn(world.seenBy(MED).audiences, sessionTimesFold, 'case')?.at(-1)?.since
