// The real clock, timers and randomness: named in main.ts and in tests of the whole, handed to everything else.
import { randomFillSync } from 'node:crypto'
import { pooledEntropy } from '#server/kernel/pooled-entropy.ts'
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

export function realSystem(): System {
  return {
    clock: { now: () => Date.now() },
    stopwatch: { elapsed: () => performance.now() },
    timers: {
      after(milliseconds, run) {
        const timer = setTimeout(run, Math.min(milliseconds, LONGEST))
        return () => clearTimeout(timer)
      },
    },
    entropy: pooledEntropy(randomFillSync),
    defer: (run) => void setImmediate(run),
  }
}
