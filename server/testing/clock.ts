import type { Clock, Stopwatch } from '#shared/kernel/clock.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'

/** Time that passes when it is told to, for the clock and the stopwatch alike; or a clock that is set while no time passes. */
export interface SetClock extends SteadyClock, Stopwatch, Clock {
  set(now: number): void
  pass(milliseconds: number): void
  /** Somebody, or something, sets the clock. */
  jump(milliseconds: number): void
}

export function setClock(now = Date.UTC(2026, 10, 22, 9)): SetClock {
  let current = now
  let jumped = 0
  return {
    now: () => current + jumped,
    elapsed: () => current,
    onWall: (at) => at,
    set(next) {
      current = next - jumped
    },
    pass(milliseconds) {
      current += milliseconds
    },
    jump(milliseconds) {
      jumped += milliseconds
    },
  }
}
