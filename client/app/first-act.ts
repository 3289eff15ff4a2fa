import type { Timers } from '#shared/kernel/clock.ts'

const ACTS = ['pointerdown', 'keydown', 'input'] as const
const PATIENCE = 10_000

/** Resolves when the person first does something, or after a while: until then the connection belongs to what they came for. */
export function firstAct(page: EventTarget, timers: Timers): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const act of ACTS) page.removeEventListener(act, done, true)
      stopWaiting()
      resolve()
    }
    const stopWaiting = timers.after(PATIENCE, done)
    for (const act of ACTS) page.addEventListener(act, done, true)
  })
}
