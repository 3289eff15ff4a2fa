// The time of day for what must not end by a mistake: sessions, tokens, codes. When the server's clock is set, it goes on as if nothing had happened,
// until the next start. What is compared with the clock of other machines is turned into the time on the wall.
import type { Clock, Stopwatch } from './clock.ts'

/** More than any clock drifts between two looks; less than what a person would notice. */
const JUMP_MS = 60_000

/** A clock before this day has never been set: nothing is to be kept of it. */
const PLAUSIBLE = Date.UTC(2025, 0, 1)

export interface SteadyClock extends Clock {
  /** The same moment as the clock on the wall shows it now. */
  onWall(at: number): number
}

export function steadyClock(wall: Clock, stopwatch: Stopwatch): SteadyClock {
  let jumped = 0
  let last = { wall: wall.now(), elapsed: stopwatch.elapsed() }

  function now(): number {
    const next = { wall: wall.now(), elapsed: stopwatch.elapsed() }
    const step = next.wall - last.wall - (next.elapsed - last.elapsed)
    if (last.wall - jumped < PLAUSIBLE) jumped = 0
    else if (Math.abs(step) > JUMP_MS) jumped += step
    last = next
    return next.wall - jumped
  }

  return { now, onWall: (at) => at + (wall.now() - now()) }
}
