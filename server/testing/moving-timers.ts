// Real timers that a test can bring forward: what would ring in so many seconds rings now.
import type { Timers } from '#shared/kernel/clock.ts'

export interface MovingTimers extends Timers {
  /** As if so many milliseconds had passed at once. */
  advance(milliseconds: number): void
}

interface Waiting {
  due: number
  readonly run: () => void
  stop: () => void
}

const LONGEST = 2 ** 31 - 1

export function movingTimers(): MovingTimers {
  const waiting = new Set<Waiting>()
  function wind(each: Waiting): void {
    const timer = setTimeout(() => ring(each), Math.min(LONGEST, Math.max(0, each.due - performance.now())))
    each.stop = () => clearTimeout(timer)
  }
  function ring(each: Waiting): void {
    each.stop()
    if (waiting.delete(each)) each.run()
  }
  return {
    after(milliseconds, run) {
      const each: Waiting = { due: performance.now() + milliseconds, run, stop: () => undefined }
      waiting.add(each)
      wind(each)
      return () => {
        each.stop()
        waiting.delete(each)
      }
    },
    advance(milliseconds) {
      const now = performance.now()
      const sorted = [...waiting].sort((a, b) => a.due - b.due)
      for (const each of sorted) {
        each.stop()
        each.due -= milliseconds
        if (each.due <= now) ring(each)
        else wind(each)
      }
    },
  }
}
