// @vitest-environment jsdom
import { cleanup, configure, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { TextLoaderContext } from '#client/app/lazy-part.tsx'
import { ALL_TEXTS } from '#client/app/testing/all-texts.ts'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { personCorrected } from '#shared/cases/people-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { Minor } from './Minor.tsx'

beforeAll(() => configure({ asyncUtilTimeout: 30_000 })) // what is fetched may take its time on a busy machine
afterEach(cleanup)

/** Whether the words are to be read on this person's screen, and are. */
async function expectRead(read: boolean, person: ParticipantId, locale: Locale, world = underAge()): Promise<void> {
  const words = testTranslate(locale)('rooms.minor')
  const notice = (
    <TextLoaderContext value={ALL_TEXTS}>
      <Minor />
    </TextLoaderContext>
  )
  const { timePasses, unmount } = renderCase(world, person, notice, { locale })
  if (read) await screen.findByText(words)
  await timePasses(0)
  expect(screen.queryByText(words) !== null).toBe(read)
  unmount()
}

function underAge() {
  const world = smallCase().enter(AIGUL).confirm(AIGUL).enter(PAVEL).confirm(PAVEL).join(AIGUL, sideAudience(BEREKE))
  world.happen(personCorrected, 'case', { participantId: AIGUL, name: 'Айгүл Серік', language: 'kk', minor: true })
  return world.happen(sessionStarted, 'case', {})
}

it.each(LOCALES)(
  '[ROO-217] it is said to whoever is under age, while sides talk without them and no longer, and to nobody else: %s',
  async (locale) => {
    await expectRead(true, AIGUL, locale)
    await expectRead(false, PAVEL, locale)
    await expectRead(false, AIGUL, locale, underAge().join(AIGUL, 'all'))
    await expectRead(false, AIGUL, locale, underAge().happen(sessionEnded, 'case', {}))
  },
)
