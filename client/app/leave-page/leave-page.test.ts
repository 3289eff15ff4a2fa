// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EMPTY_PAGE, isBackAfterLeaving, markAway } from './away.ts'
import { leavePage } from './leave-page.ts'
import { watchExitKeys } from './watch-keys.ts'

afterEach(() => {
  window.sessionStorage.clear()
  vi.useRealTimers()
})

const press = (key: string, at: number, repeat = false) => {
  const event = new KeyboardEvent('keydown', { key, repeat })
  Object.defineProperty(event, 'timeStamp', { value: at })
  document.dispatchEvent(event)
}

describe('[PRE-52] the keys that leave', () => {
  it.each([
    [
      'three times',
      [
        ['Shift', 0],
        ['Shift', 300],
        ['Shift', 600],
      ],
      1,
    ],
    [
      'twice',
      [
        ['Shift', 0],
        ['Shift', 300],
      ],
      0,
    ],
    [
      'with a letter between',
      [
        ['Shift', 0],
        ['Shift', 300],
        ['А', 400],
        ['Shift', 600],
      ],
      0,
    ],
    [
      'too slowly',
      [
        ['Shift', 0],
        ['Shift', 1_500],
        ['Shift', 3_000],
      ],
      0,
    ],
  ] as const)('[PRE-52] Shift %s', (_how, keys, times) => {
    const act = vi.fn()
    const stop = watchExitKeys(document, act)
    for (const [key, at] of keys) press(key, at)
    expect(act).toHaveBeenCalledTimes(times)
    stop()
  })

  it('[PRE-52] a key that is held down is one press', () => {
    const act = vi.fn()
    const stop = watchExitKeys(document, act)
    for (let at = 0; at < 5; at++) press('Shift', at, at > 0)
    expect(act).not.toHaveBeenCalled()
    stop()
  })
})

describe('[PRE-51] behind Back', () => {
  function tab(type: string) {
    const replaced: string[] = []
    return {
      replaced,
      sessionStorage: window.sessionStorage,
      performance: { getEntriesByType: () => [{ type }] } as unknown as Performance, // what is asked of it
      location: { replace: (to: string) => void replaced.push(to) } as unknown as Location, // as above
    }
  }

  it('[PRE-51] there is an empty page, and nothing of what the tab kept; a visit that is meant takes the mark away', () => {
    window.sessionStorage.setItem('bitim', 'kept')
    markAway(window)
    expect({ ...window.sessionStorage }).toEqual({ away: '1' })
    const back = tab('back_forward')
    expect([isBackAfterLeaving(back), back.replaced]).toEqual([true, [EMPTY_PAGE]])
    const meant = tab('navigate')
    expect([isBackAfterLeaving(meant), meant.replaced, window.sessionStorage.length]).toEqual([false, [], 0])
    expect(isBackAfterLeaving(tab('back_forward'))).toBe(false)
  })
})

describe('the server that takes the way in off the device', () => {
  /** A page whose device has nothing to delete; what happens to it, in order. */
  function leaving(answer: () => Promise<unknown>): readonly string[] {
    vi.useFakeTimers()
    const happened: string[] = []
    const deleted = () => {
      const request: { onsuccess?: () => void } = {}
      queueMicrotask(() => request.onsuccess?.())
      return request
    }
    const page = {
      document: { documentElement: { replaceChildren: () => happened.push('emptied') } },
      addEventListener: () => undefined,
      setTimeout: window.setTimeout,
      fetch: () => {
        happened.push('asked')
        return answer()
      },
      localStorage: window.localStorage,
      sessionStorage: window.sessionStorage,
      indexedDB: { deleteDatabase: deleted },
      caches: { keys: async () => [] },
      navigator: { serviceWorker: { getRegistrations: async () => [] } },
      location: { replace: () => happened.push('gone') },
    } as unknown as Window // what is asked of it
    const nothing = { forget: () => undefined, registered: () => undefined }
    void leavePage({ page, endings: ['/end'], database: 'bitim', ...nothing })
    return happened
  }

  it('[PRE-50] [PRE-52] is asked by an empty page, which goes once it has answered', async () => {
    let take: ((answer: unknown) => void) | undefined
    const happened = leaving(
      () =>
        new Promise((resolve) => {
          take = resolve
        }),
    )
    await vi.advanceTimersByTimeAsync(400)
    expect(happened).toEqual(['emptied', 'asked'])
    take?.({})
    await vi.advanceTimersByTimeAsync(0)
    expect(happened).toEqual(['emptied', 'asked', 'gone'])
  })

  it('[PRE-52] keeps nobody for longer than half a second', async () => {
    const happened = leaving(() => new Promise(() => undefined))
    await vi.advanceTimersByTimeAsync(499)
    expect(happened).not.toContain('gone')
    await vi.advanceTimersByTimeAsync(1)
    expect(happened).toContain('gone')
  })

  it('[PRE-52] keeps nobody when it cannot be asked', async () => {
    const happened = leaving(() => {
      throw new Error('no connection')
    })
    await vi.advanceTimersByTimeAsync(0)
    expect(happened).toContain('gone')
  })
})
