import { describe, expect, it } from 'vitest'
import { steadyClock } from './steady-clock.ts'

const HOUR = 3_600_000

function fixture(start = Date.UTC(2026, 10, 22, 9)) {
  let [wall, elapsed] = [start, 0]
  const clock = steadyClock({ now: () => wall }, { elapsed: () => elapsed })
  return {
    clock,
    wall: () => wall,
    pass(milliseconds: number) {
      wall += milliseconds
      elapsed += milliseconds
    },
    jump(milliseconds: number) {
      wall += milliseconds
    },
  }
}

describe('the steady clock', () => {
  it('[HAR-43] goes on evenly while the clock on the wall is set to and fro', () => {
    const { clock, pass, jump, wall } = fixture()
    const began = clock.now()
    for (const by of [HOUR, -HOUR, 24 * HOUR, -48 * HOUR, 8_760 * HOUR, -17_520 * HOUR]) {
      jump(by)
      pass(1_000)
      expect(clock.onWall(clock.now())).toBe(wall())
    }
    expect(clock.now() - began).toBe(6_000)
  })

  it('[HAR-43] follows small corrections, and drops a time that no clock can have been set to', () => {
    const small = fixture()
    small.jump(5_000)
    expect(small.clock.now()).toBe(small.wall())
    const unset = fixture(0)
    unset.jump(Date.UTC(2026, 0, 1))
    expect(unset.clock.now()).toBe(unset.wall())
  })
})
