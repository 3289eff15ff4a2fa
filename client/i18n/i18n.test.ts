import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/kernel/locale.ts'
import { chooseLocale } from './choose-locale.ts'
import { createFormats } from './formats.ts'
import { testTranslate } from './testing.tsx'

const AT = Date.UTC(2026, 10, 22, 10, 10, 7)
const formats = (locale: (typeof LOCALES)[number], zone?: string) =>
  createFormats({ locale, t: testTranslate(locale), ...(zone ? { zone } : {}) })

describe('language', () => {
  it('[UI-30] the own choice comes first, then what the case says, then the device', () => {
    expect(chooseLocale({ stored: 'en', person: 'kk', device: ['ru-KZ'] })).toBe('en')
    expect(chooseLocale({ stored: 'xx', person: 'kk', device: ['ru-KZ'] })).toBe('kk')
    expect(chooseLocale({ device: ['de', 'kk-Cyrl-KZ', 'ru'] })).toBe('kk')
    expect(chooseLocale({ device: ['de'] })).toBe('ru')
  })
})

describe('formats', () => {
  it('[UI-31] dates are written as each language writes them', () => {
    expect(LOCALES.map((locale) => formats(locale).date(AT))).toEqual(['2026 жылғы 22 қараша', '22 ноября 2026 года', '22 November 2026'])
    expect(LOCALES.map((locale) => formats(locale).dayTime(AT, AT + 1000))).toEqual(['Бүгін, 15:10', 'Сегодня, 15:10', 'Today, 15:10'])
    expect(formats('ru').dayTime(AT, AT + 86_400_000)).toBe('Вчера, 15:10')
    expect(formats('ru').dayTime(AT, AT + 5 * 86_400_000)).toBe('22 нояб., 15:10')
  })

  it('[UI-32] Almaty keeps UTC+5 since March 2024 whatever the device believes, and what was before stays as it was', () => {
    expect(formats('ru').stamp(AT)).toBe('22.11.2026 15:10:07 (UTC+5)')
    expect(formats('ru').stamp(Date.UTC(2024, 1, 29, 17, 0, 0))).toBe('29.02.2024 23:00:00 (UTC+6)')
    expect(formats('ru').stamp(Date.UTC(2024, 1, 29, 19, 0, 0))).toBe('01.03.2024 00:00:00 (UTC+5)')
    expect(formats('ru', 'Asia/Kolkata').stamp(AT)).toBe('22.11.2026 15:40:07 (UTC+5:30)')
  })

  it('[UI-33] money does not break across lines and shows fractions only when there are any', () => {
    expect(formats('ru').money(1_840_000)).toBe('1\u00a0840\u00a0000\u00a0₸')
    expect(formats('kk').money(1234.5)).toBe('1\u00a0234,50\u00a0₸')
    expect(formats('en').money(-1234.5)).toBe('−1,234.50\u00a0₸')
  })

  it('[UI-31] lists end with the word for "and"', () => {
    expect(LOCALES.map((locale) => formats(locale).list(['a', 'b', 'c']))).toEqual(['a, b және c', 'a, b и c', 'a, b and c'])
    expect(formats('ru').list(['a'])).toBe('a')
  })
})
