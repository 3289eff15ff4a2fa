import { describe, expect, it } from 'vitest'
import { createTestClock } from './testing/test-clock.ts'
import { createUnsentMarks } from './unsent-marks.ts'

describe('what is unsent beside the outbox', () => {
  it('[LIV-21] is said at once, and is over only after a moment without any', async () => {
    const clock = createTestClock()
    const marks = createUnsentMarks(clock)
    let told = 0
    marks.any.subscribe(() => told++)
    for (let key = 0; key < 5; key++) {
      marks.set('draft', true)
      expect(marks.any.state()).toBe(true)
      await clock.wind(50)
      marks.set('draft', false)
      await clock.wind(50)
      expect(marks.any.state()).toBe(true)
    }
    await clock.wind(1_000)
    expect(marks.any.state()).toBe(false)
    expect(told).toBe(2)
  })

  it('[LIV-21] is over only when none is left', async () => {
    const clock = createTestClock()
    const marks = createUnsentMarks(clock)
    marks.set('one', true)
    marks.set('other', true)
    marks.set('one', false)
    await clock.wind(5_000)
    expect(marks.any.state()).toBe(true)
  })
})
