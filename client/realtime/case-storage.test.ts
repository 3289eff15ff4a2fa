// Several pages of one person on one device.
import { describe, expect, it } from 'vitest'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { createCaseStorage, pagesIn } from './case-storage.ts'
import { openAmong } from './open-pages.ts'
import { type PageLocks, standAsOpen } from './stand-as-open.ts'
import { TEST_CASE, testId } from './testing/history.ts'
import { memoryDeviceStorage, memoryDisk } from './testing/memory-device-storage.ts'
import { createTestClock } from './testing/test-clock.ts'

const WHOSE = { caseId: TEST_CASE, participantId: testId<ParticipantId>('ada') }
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** A window on the device, with what rests there when it is opened. */
function page(disk: ReturnType<typeof memoryDisk>, name: string, open: readonly string[] = []) {
  const device = memoryDeviceStorage(disk)
  return { device, storage: createCaseStorage(device, { ...WHOSE, page: name }, (other) => open.includes(other)) }
}

/** One lock for each name, waited for in order, as browsers do. */
function locks(): PageLocks {
  const held = new Map<string, Promise<unknown>>()
  return {
    async request(name, { signal }, run) {
      const before = held.get(name)
      if (before) {
        const aborted = new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))))
        await Promise.race([before, aborted])
      }
      const holding = Promise.resolve(run()).finally(() => held.delete(name))
      held.set(name, holding)
      return holding
    },
  }
}

describe('what pages of one person keep', () => {
  it('[LIV-52] a page takes over what pages left that are gone, and leaves what an open one keeps', async () => {
    const disk = memoryDisk()
    page(disk, 'p1').storage.rememberWords({ all: 'of a page that is gone' })
    page(disk, 'p2').storage.rememberWords({ all: 'of an open page' })
    await settled()
    const third = page(disk, 'p3', ['p2'])
    expect(third.storage.words()).toEqual({ all: 'of a page that is gone' })
    await settled()
    expect([...disk.rests.keys()].map((key) => key.slice(key.lastIndexOf(':') + 1)).sort()).toEqual(['p2', 'p3'])
    expect(page(disk, 'p4').storage.words()).toEqual({ all: 'of an open page\nof a page that is gone' })
  })

  it('[LIV-52] two windows overwrite nothing of each other; the same words left by both stand once', async () => {
    const disk = memoryDisk()
    const [one, two] = [page(disk, 'p1'), page(disk, 'p2')]
    one.storage.rememberLostWords(['first', 'both'])
    two.storage.rememberLostWords(['both', 'second'])
    one.storage.rememberWords({ all: 'a' })
    two.storage.rememberWords({ all: 'a', mediators: 'b' })
    await settled()
    const next = page(disk, 'p3').storage
    expect(next.lostWords()).toEqual(['first', 'both', 'second'])
    expect(next.words()).toEqual({ all: 'a', mediators: 'b' })
    await settled()
    expect(page(disk, 'p4').storage.lostWords()).toEqual(['first', 'both', 'second'])
  })

  it('[LIV-51] words that an earlier release kept for all pages together are taken over', async () => {
    const root = `bitim:${WHOSE.caseId}:${WHOSE.participantId}:`
    const disk = memoryDisk(
      new Map([
        [`${root}words`, '{"all":"вчера"}'],
        [`${root}lost-words`, '["не вошло"]'],
      ]),
    )
    const { storage } = page(disk, 'p1')
    expect([storage.words(), storage.lostWords()]).toEqual([{ all: 'вчера' }, ['не вошло']])
    await settled()
    expect([...disk.rests.keys()].sort()).toEqual([`${root}lost-words:p1`, `${root}words:p1`])
  })

  it('[LIV-52] a page counts as open as long as it lives; one that lets go a moment late as gone', async () => {
    const clock = createTestClock()
    const browser = locks()
    const stay = standAsOpen(browser, 'p1')
    const go = standAsOpen(browser, 'p2')
    clock.after(100, go)
    const asked = openAmong(browser, clock, ['p1', 'p2', 'p3'])
    await clock.wind(1_000)
    expect([...(await asked)]).toEqual(['p1'])
    stay()
    expect([...(await openAmong(browser, clock, ['p1']))]).toEqual([])
    expect([...(await openAmong(undefined, clock, ['p1']))]).toEqual([])
  })

  it('[LIV-52] whose pages have left something is known', async () => {
    const { device, storage } = page(memoryDisk(), 'p1')
    storage.rememberWords({ all: 'a' })
    storage.rememberLostWords(['b'])
    storage.rememberHeads([])
    expect(pagesIn(device, WHOSE)).toEqual(['p1'])
  })
})
