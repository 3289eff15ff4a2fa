import { describe, expect, it } from 'vitest'
import { testTranslate } from '#client/i18n/testing.tsx'
import { LOCALES } from '#shared/kernel/locale.ts'
import { untilWords, whenOf } from './when.ts'

const AT = Date.UTC(2026, 11, 5, 5)
const t = testTranslate('en')
const HOUR = 3_600_000

describe('[PRE-5] a time as people read it', () => {
  it.each(LOCALES)('[PRE-5] says the zone always, and the own hour of a device elsewhere: %s', (locale) => {
    const say = testTranslate(locale)
    const here = whenOf(AT, 'Asia/Almaty', { t: say, locale, device: 'Asia/Almaty' })
    expect(here.words).toContain('10:00')
    expect(here.words).toContain('UTC+5')
    expect(here.own).toBeUndefined()
    const there = whenOf(AT, 'Asia/Almaty', { t: say, locale, device: 'Europe/Berlin' })
    expect(there.words).toBe(here.words)
    expect(there.own).toContain('06:00')
    expect(there.own).toContain('UTC+1')
  })

  it('[PRE-5] a device in a zone of another name and the same hour is told nothing twice', () => {
    expect(whenOf(AT, 'Asia/Almaty', { t, locale: 'en', device: 'Asia/Tashkent' }).own).toBeUndefined()
  })

  it.each([
    [72, 'scheduling.until.days'],
    [30, 'scheduling.until.tomorrow'],
    // ten in the morning, seen from eleven in the evening before: tomorrow, not "in eleven hours"
    [11, 'scheduling.until.tomorrow'],
    [9, 'scheduling.until.today'],
    [0.5, 'scheduling.until.hour'],
    [0, 'scheduling.until.now'],
    [-1.4, 'scheduling.until.now'],
    [-1.5, 'scheduling.until.over'],
  ] as const)('[PRE-5] %s hours before: %s', (hours, id) => {
    const words = untilWords({ at: AT, minutes: 90, zone: 'Asia/Almaty' }, AT - hours * HOUR, t)
    expect(words).toBe(id === 'scheduling.until.days' ? t(id, { count: 3 }) : t(id))
  })
})
