// A clock that stands still until it is wound, with its timers.
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'

interface TestClock extends Clock, Timers {
  /** Runs what falls due, in its order, letting promises settle in between. */
  wind(milliseconds: number): Promise<void>
}

export function createTestClock(start = 1_790_000_000_000): TestClock {
  let now = start
  let due: { at: number; run: () => void }[] = []
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  return {
    now: () => now,
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run }
      due.push(timer)
      return () => {
        due = due.filter((each) => each !== timer)
      }
    },
    async wind(milliseconds) {
      const end = now + milliseconds
      await settle()
      for (;;) {
        const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due = due.filter((each) => each !== next)
        now = Math.max(now, next.at)
        next.run()
        await settle()
      }
      now = end
    },
  }
}

/** Bytes that count upwards: different every time, the same in every run. */
export function countingEntropy(): Entropy {
  let count = 0
  return {
    bytes(length) {
      count++
      return Uint8Array.from({ length }, (_, i) => (count * 31 + i * 7) % 256)
    },
  }
}
