// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { OwnNotesField } from './OwnNotesField.tsx'
import { createOwnNotes } from './own-notes.ts'

afterEach(cleanup)

const t = testTranslate('en')
const WORDS = 'Не меньше 460 000 в месяц'
const device = memoryDeviceStorage()
const storage = () => createCaseStorage(device, { caseId: TEST_CASE, participantId: AIGUL, page: 'page' })
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: t('rooms.own-notes.label') })

describe('own notes', () => {
  it('[UI-108] go to nobody, rest on the device, and go with what is wiped of the case', () => {
    const { sent } = renderCase(smallCase().enter(AIGUL), AIGUL, <OwnNotesField />, { storage: storage() })
    screen.getByText(t('rooms.own-notes.kept'))
    fireEvent.change(field(), { target: { value: WORDS } })
    expect(sent).toEqual([])
    expect(storage().notes()).toBe(WORDS)
    cleanup()
    void renderCase(smallCase().enter(AIGUL), AIGUL, <OwnNotesField />, { storage: storage() })
    expect(field().value).toBe(WORDS)

    const kept = storage()
    const notes = createOwnNotes({ storage: kept })
    kept.wipe()
    notes.wipe()
    notes.write('ещё')
    expect(device.keys('bitim:')).toEqual([])
  })

  it('[UI-108] say that they are gone with the page where the device keeps nothing', () => {
    void renderCase(smallCase().enter(AIGUL), AIGUL, <OwnNotesField />)
    screen.getByText(t('rooms.own-notes.memory'))
    fireEvent.change(field(), { target: { value: WORDS } })
    expect(field().value).toBe(WORDS)
  })
})
