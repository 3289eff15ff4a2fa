// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Lane, WHOSE } from '#client/drafting/testing/lane.ts'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { createCaseStorage } from '#client/realtime/case-storage.ts'
import { memoryDeviceStorage } from '#client/realtime/testing/memory-device-storage.ts'
import { partOfCase } from '#client/realtime/testing/part-of-case.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { DraftFailed } from './DraftFailed.tsx'

const t = testTranslate('en')
afterEach(cleanup)

function failed(kind: ShownProblem['kind'], { remembers = true, lane = new Lane() } = {}) {
  let opened = 0
  const device = memoryDeviceStorage()
  // what this part asks of a case
  const client = partOfCase({
    connection: lane.connection,
    storage: remembers ? createCaseStorage(device, { ...WHOSE, page: 'page' }) : undefined,
  })
  renderWithTexts(
    <CaseProvider client={client}>
      <DraftFailed problem={{ kind }} again={() => opened++} title={t('rooms.draft.failed')} />
    </CaseProvider>,
  )
  return { lane, device, opened: () => opened }
}

describe('a draft that cannot be shown', () => {
  it.each(['offline', 'unsupported'] as const)('[LUCK-16] opens by itself, once for each connection that comes back (%s)', (kind) => {
    const lane = new Lane()
    lane.become({ kind: 'offline', since: 0 })
    const { opened } = failed(kind, { lane })
    expect(opened()).toBe(0)
    act(() => lane.become({ kind: 'connecting' }))
    expect(opened()).toBe(0)
    act(() => lane.become({ kind: 'live' }))
    expect(opened()).toBe(1)
    act(() => lane.become({ kind: 'offline', since: 1 }))
    act(() => lane.become({ kind: 'live' }))
    expect(opened()).toBe(2)
  })

  it('[LUCK-16] waits for its person where there is a connection, or where the fault is its own', () => {
    expect(failed('unsupported').opened()).toBe(0)
    const { lane, opened } = failed('internal')
    act(() => lane.become({ kind: 'offline', since: 0 }))
    act(() => lane.become({ kind: 'live' }))
    expect(opened()).toBe(0)
  })

  it('[LUCK-16] promises that unsaved words stay on the device only where they do', async () => {
    failed('offline')
    screen.getByText(t('rooms.draft.failed.text'))
    cleanup()
    failed('offline', { remembers: false })
    screen.getByText(t('rooms.draft.failed.memory'))
    expect(screen.queryByText(t('rooms.draft.failed.text'))).toBeNull()
    cleanup()
    const { device } = failed('offline')
    device.disk.refuses = true
    await act(async () => device.setItem('anything', 'at all'))
    screen.getByText(t('rooms.draft.failed.memory'))
  })
})
