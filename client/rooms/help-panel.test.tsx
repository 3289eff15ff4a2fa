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
import { HelpPanel } from './HelpPanel.tsx'

afterEach(cleanup)

describe('what the help says of unsent words', () => {
  it.each(LOCALES)('[LIV-55] that they wait in this browser and can be read there, as long as that is true: %s', async (locale) => {
    const say = testTranslate(locale)
    const device = memoryDeviceStorage()
    const storage = createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
    void renderCase(smallCase().enter(AIGUL), AIGUL, <HelpPanel />, { storage, locale })
    screen.getByText(say('rooms.help.unsent.words'))
    device.disk.refuses = true
    await act(async () => storage.rememberWords({ all: 'слова' }))
    expect(screen.queryByText(say('rooms.help.unsent.words'))).toBeNull()
  })

  it('[LIV-55] nothing on a device that keeps nothing', () => {
    void renderCase(smallCase().enter(AIGUL), AIGUL, <HelpPanel />)
    expect(screen.queryByText(testTranslate('en')('rooms.help.unsent.words'))).toBeNull()
  })
})
