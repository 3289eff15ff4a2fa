// @vitest-environment jsdom
import { cleanup, configure, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { TextLoaderContext } from '#client/app/lazy-part.tsx'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import type { TextLoader } from '#client/app/text-loading.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { personCorrected } from '#shared/cases/people-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { Minor } from './Minor.tsx'

beforeAll(() => configure({ asyncUtilTimeout: 30_000 })) // what is fetched may take its time on a busy machine
afterEach(cleanup)

const ALL_TEXTS = { need: async () => undefined } as unknown as TextLoader // they are here already

/** The words that this person reads, once all that is fetched is there. */
async function readBy(person: typeof AIGUL, locale: Locale, world = underAge()): Promise<boolean> {
  await import('#client/rooms/MinorNotice.tsx')
  const notice = (
    <TextLoaderContext value={ALL_TEXTS}>
      <Minor />
    </TextLoaderContext>
  )
  const { timePasses, unmount } = renderCase(world, person, notice, { locale })
  await timePasses(0)
  const isRead = screen.queryByText(testTranslate(locale)('rooms.minor')) !== null
  unmount()
  return isRead
}

function underAge() {
  const world = smallCase().enter(AIGUL).confirm(AIGUL).enter(PAVEL).confirm(PAVEL).join(AIGUL, sideAudience(BEREKE))
  world.happen(personCorrected, 'case', { participantId: AIGUL, name: 'Айгүл Серік', language: 'kk', minor: true })
  return world.happen(sessionStarted, 'case', {})
}

it.each(LOCALES)(
  '[ROO-217] it is said to whoever is under age, while sides talk without them and no longer, and to nobody else: %s',
  async (locale) => {
    expect(await readBy(AIGUL, locale)).toBe(true)
    expect(await readBy(PAVEL, locale)).toBe(false)
    expect(await readBy(AIGUL, locale, underAge().join(AIGUL, 'all'))).toBe(false)
    expect(await readBy(AIGUL, locale, underAge().happen(sessionEnded, 'case', {}))).toBe(false)
  },
)
