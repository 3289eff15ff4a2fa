// Dates, times and money as people here write them. Month names are our own texts: phones carry Intl data for Kazakh or not.

import type { Locale } from '#shared/kernel/locale.ts'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'
import type { Translate } from './text-ids.ts'

export const DEFAULT_ZONE = TIME_ZONE.name

export interface Formats {
  /** 22 ноября 2026 года */
  date(at: number): string
  /** 22 нояб. */
  shortDate(at: number): string
  /** 22.11.2026, for tables */
  numericDate(at: number): string
  /** 14:03 */
  time(at: number): string
  /** 14:03:22, where a second matters: saved, signed */
  exactTime(at: number): string
  /** Сегодня, 14:03; otherwise 22 нояб., 14:03 */
  dayTime(at: number, now: number): string
  /** 22.11.2026 15:10:07 (UTC+5), on anything that is evidence */
  stamp(at: number): string
  /** Today's calendar day, for date fields: 2026-11-22 */
  isoDate(at: number): string
  number(value: number, fractionDigits?: number): string
  /** 1 840 000 ₸; fractions only when there are any */
  money(tenge: number): string
  /** а, б и в */
  list(items: readonly string[]): string
}

const NARROW = '\u00a0'

export function createFormats(options: { locale: Locale; t: Translate; zone?: string }): Formats {
  const { locale, t } = options
  const parts = (at: number) => zonedParts(at, options.zone ?? DEFAULT_ZONE)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = (at: number) => `${two(parts(at).hour)}:${two(parts(at).minute)}`
  const shortDate = (at: number) => t('i18n.date.short', { day: parts(at).day, month: String(parts(at).month) })
  const isoDate = (at: number) => `${parts(at).year}-${two(parts(at).month)}-${two(parts(at).day)}`
  const numericDate = (at: number) => `${two(parts(at).day)}.${two(parts(at).month)}.${parts(at).year}`
  const exactTime = (at: number) => `${time(at)}:${two(parts(at).second)}`
  const number = (value: number, fractionDigits = 0) => groupDigits(value, fractionDigits, locale)
  return {
    date: (at) => t('i18n.date', { day: parts(at).day, month: String(parts(at).month), year: String(parts(at).year) }),
    shortDate,
    numericDate,
    time,
    exactTime,
    dayTime: (at, now) => {
      const day =
        isoDate(at) === isoDate(now) ? t('i18n.today') : isoDate(at) === isoDate(now - 86_400_000) ? t('i18n.yesterday') : shortDate(at)
      return t('i18n.day-time', { day, time: time(at) })
    },
    stamp: (at) => `${numericDate(at)} ${exactTime(at)} (${offsetName(parts(at).offsetMinutes)})`,
    isoDate,
    number,
    money: (tenge) => `${number(tenge, Number.isInteger(tenge) ? 0 : 2)}${NARROW}₸`,
    list: (items) => {
      const last = items.at(-1)
      if (last === undefined) return ''
      return items.length === 1 ? last : t('i18n.and', { first: items.slice(0, -1).join(', '), last })
    },
  }
}

function groupDigits(value: number, fractionDigits: number, locale: Locale): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(fractionDigits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === 'en' ? ',' : NARROW)
  return `${value < 0 ? '−' : ''}${grouped}${fraction ? (locale === 'en' ? '.' : ',') + fraction : ''}`
}

function offsetName(minutes: number): string {
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''}`
}

interface ZonedParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly offsetMinutes: number
}

const ONE_ZONE_SINCE = Date.UTC(2024, 1, 29, 19)

// Kazakhstan has kept UTC+5 everywhere since 1 March 2024; phones with older zone data would show Almaty an hour late.
function zonedParts(at: number, zone: string): ZonedParts {
  const shown = zone === DEFAULT_ZONE && at >= ONE_ZONE_SINCE ? 'Etc/GMT-5' : zone
  const found = new Map(
    formatter(shown)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? 0
  const local = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
  const asUtc = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second)
  return { ...local, offsetMinutes: Math.round((asUtc - at) / 60_000) }
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}
