// The real clock, timers and randomness: named in main.ts and in tests of the whole, handed to everything else.
import { randomFillSync } from 'node:crypto'
import type { Clock, Entropy, Stopwatch, Timers } from '#shared/kernel/clock.ts'

export interface System {
  readonly clock: Clock
  readonly stopwatch: Stopwatch
  readonly timers: Timers
  readonly entropy: Entropy
  /** At the end of this turn of the event loop. */
  readonly defer: (run: () => void) => void
}

const LONGEST = 2 ** 31 - 1
const POOL = 16_384

export function realSystem(): System {
  const pool = new Uint8Array(POOL)
  let used = POOL
  return {
    clock: { now: () => Date.now() },
    stopwatch: { elapsed: () => performance.now() },
    timers: {
      after(milliseconds, run) {
        const timer = setTimeout(run, Math.min(milliseconds, LONGEST))
        return () => clearTimeout(timer)
      },
    },
    entropy: {
      bytes(count) {
        if (count > POOL / 4) return randomFillSync(new Uint8Array(count))
        if (used + count > POOL) {
          randomFillSync(pool)
          used = 0
        }
        const bytes = pool.slice(used, used + count)
        pool.fill(0, used, used + count) // drawn once, kept nowhere
        used += count
        return bytes
      },
    },
    defer: (run) => void setImmediate(run),
  }
}
