import { describe, expect, it } from 'vitest'
import { asId } from '#shared/kernel/ids.ts'
import type { Meeting } from '#shared/scheduling/scheduling-state.ts'
import { lettersOf, nextLetterAt } from './when-letters.ts'

const HOUR = 3_600_000
const AT = Date.UTC(2026, 11, 5, 5)

const meeting = (more: Partial<Meeting> = {}): Meeting => ({
  meetingId: asId('meeting'),
  sequence: 0,
  at: AT,
  zone: 'Asia/Almaty',
  minutes: 90,
  place: { kind: 'online' },
  isCancelled: false,
  changedAt: AT - 72 * HOUR,
  ...more,
})

describe('[PRE-7] when letters go', () => {
  it.each([
    ['fixed three days before', {}, 72, ['fixed'], 24],
    ['a day before', {}, 24, ['fixed', 'day'], 1],
    ['an hour before', {}, 1, ['fixed', 'hour'], undefined],
    ['half an hour before', {}, 0.5, ['fixed', 'hour'], undefined],
    ['once it has begun', {}, 0, [], undefined],
    ['fixed five hours before: no reminder of a day', { changedAt: AT - 5 * HOUR }, 4, ['fixed'], 1],
    ['fixed half an hour before: no reminder', { changedAt: AT - HOUR / 2 }, 0.4, ['fixed'], undefined],
    ['fixed a day and five minutes before: that letter is the reminder', { changedAt: AT - 24 * HOUR - 300_000 }, 23, ['fixed'], 1],
    ['cancelled', { isCancelled: true }, 24, ['cancelled'], undefined],
    ['cancelled, and its time is over', { isCancelled: true }, 0, [], undefined],
  ] as const)('[PRE-7] %s', (_what, more, hoursBefore, letters, next) => {
    const now = AT - hoursBefore * HOUR
    expect(lettersOf(meeting(more), now)).toEqual(letters)
    expect(nextLetterAt(meeting(more), now)).toBe(next === undefined ? undefined : AT - next * HOUR)
  })
})
