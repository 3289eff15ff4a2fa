// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { BlockedBanner } from './BlockedBanner.tsx'
import { CaseBanners } from './CaseBanners.tsx'
import { OfflineBanner } from './OfflineBanner.tsx'

afterEach(cleanup)

describe('what is in the way', () => {
  it.each(LOCALES)(
    '[LIV-86] a browser that keeps nothing is told of with what to do, as soon as it is true and no longer: %s',
    async (locale) => {
      const words = testTranslate(locale)('rooms.storage')
      const device = memoryDeviceStorage()
      const storage = createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
      void renderCase(smallCase().enter(AIGUL), AIGUL, <CaseBanners onReload={() => undefined} />, { storage, locale })
      expect(screen.queryByText(words)).toBeNull()
      device.disk.refuses = true
      await act(async () => storage.rememberWords({ all: 'слова' }))
      screen.getByText(words)
      device.disk.refuses = false
      await act(async () => storage.rememberWords({ all: 'слова и ещё' }))
      expect(screen.queryByText(words)).toBeNull()
    },
  )

  it.each(LOCALES)(
    '[LIV-85] blocked WebSockets have words of their own, with the address to ask for; no connection has others: %s',
    async (locale) => {
      const say = testTranslate(locale)
      const { connection } = renderCase(smallCase().enter(AIGUL), AIGUL, <OfflineBanner blocked={<BlockedBanner />} />, {
        locale,
        connection: { kind: 'offline', since: 0, blocked: true },
      })
      screen.getByText(say('rooms.blocked.words'))
      screen.getByText(say('rooms.blocked.office', { address: `wss://${window.location.host}` }))
      await connection({ kind: 'offline', since: 0, blocked: false })
      screen.getByText(say('rooms.offline.title'))
      expect(screen.queryByText(say('rooms.blocked.words'))).toBeNull()
      await connection({ kind: 'live' })
      expect(screen.queryByText(say('rooms.offline.title'))).toBeNull()
    },
  )
})
