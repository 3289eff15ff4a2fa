// @vitest-environment jsdom
import { expect, it, vi } from 'vitest'
import { firstAct } from './first-act.ts'
import { tellLoaded } from './tell-loaded.ts'

function patience() {
  let over: (() => void) | undefined
  const stopped = vi.fn()
  return {
    timers: {
      after(_milliseconds: number, run: () => void) {
        over = run
        return stopped
      },
    },
    stopped,
    ends: () => over?.(),
  }
}

it.each(['pointerdown', 'keydown', 'input'])('[UI-51] the connection is the page’s own until the person acts: %s', async (act) => {
  const { timers, stopped } = patience()
  const began = vi.fn()
  const acted = firstAct(window, timers).then(began)
  await Promise.resolve()
  expect(began).not.toHaveBeenCalled()
  document.body.dispatchEvent(new Event(act, { bubbles: true }))
  await acted
  expect(stopped).toHaveBeenCalledTimes(1)
})

it('[UI-51] somebody who only reads is not waited for without end', async () => {
  const { timers, ends } = patience()
  const acted = firstAct(window, timers)
  ends()
  await acted
})

it('[UI-51] a worker that came after the page is told what the page has loaded', () => {
  const postMessage = vi.fn()
  const names = ['https://bitim.example/assets/a-1.js', 'https://bitim.example/api/cases']
  tellLoaded({ postMessage }, { getEntriesByType: () => names.map((name) => ({ name }) as PerformanceEntry) })
  expect(postMessage).toHaveBeenCalledWith({ loaded: names })
})
