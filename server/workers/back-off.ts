// Rest after harm: what ended a thread is not tried again at once. Counted by timers, so that a clock that jumps shortens and lengthens nothing.
import type { Timers } from '#shared/kernel/clock.ts'

export interface BackOffTimes {
  readonly firstMs: number
  readonly longestMs: number
  /** After so long without harm all is forgotten. */
  readonly forgetMs: number
}

const TIMES: BackOffTimes = { firstMs: 1_000, longestMs: 60_000, forgetMs: 10 * 60_000 }

export class BackOff {
  readonly #timers: Timers
  readonly #times: BackOffTimes
  readonly #known = new Map<string, { harms: number; resting: boolean; cancel: () => void }>()

  constructor(timers: Timers, times: Partial<BackOffTimes> = {}) {
    this.#timers = timers
    this.#times = { ...TIMES, ...times }
  }

  rests(key: string): boolean {
    return this.#known.get(key)?.resting ?? false
  }

  /** Twice as long each time. */
  harmed(key: string): void {
    const before = this.#known.get(key)
    before?.cancel()
    const harms = (before?.harms ?? 0) + 1
    const { firstMs, longestMs, forgetMs } = this.#times
    const rest = Math.min(longestMs, firstMs * 2 ** Math.min(harms - 1, 30))
    const entry = { harms, resting: true, cancel: this.#timers.after(rest, rested) }
    const known = this.#known
    const timers = this.#timers
    function rested(): void {
      entry.resting = false
      entry.cancel = timers.after(forgetMs, () => known.delete(key))
    }
    known.set(key, entry)
  }

  close(): void {
    for (const { cancel } of this.#known.values()) cancel()
    this.#known.clear()
  }
}
