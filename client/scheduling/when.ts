// A time as people read it: day, hour and zone, and their own hour beside where their device stands in another zone.
import { createFormats, type Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'
import { fieldsOf, offsetAt, offsetName } from '#shared/scheduling/zone-time.ts'

export interface When {
  /** With the zone, always. */
  readonly words: string
  /** Where this device is, when that differs. */
  readonly own: string | undefined
}

interface Reader {
  readonly t: Translate
  readonly locale: Locale
  /** The zone of this device. */
  readonly device: string
}

export function whenOf(at: number, zone: string, reader: Reader): When {
  const { t, locale, device } = reader
  const words = dayAndTime(createFormats({ locale, t, zone }), at, t, zoneName(at, zone, t))
  if (offsetAt(at, device) === offsetAt(at, zone)) return { words, own: undefined }
  const own = dayAndTime(createFormats({ locale, t, zone: device }), at, t, offsetName(at, device))
  return { words, own: t('scheduling.when.own', { when: own }) }
}

function dayAndTime(f: Formats, at: number, t: Translate, zone: string): string {
  return t('scheduling.when', { date: f.date(at), time: f.time(at), zone })
}

export function zoneName(at: number, zone: string, t: Translate): string {
  const distance = offsetName(at, zone)
  return zone === TIME_ZONE.name ? t('scheduling.zone.here', { distance }) : t('scheduling.zone.other', { zone, distance })
}

/** How far it is, in calm words: days, and no running seconds. */
export function untilWords({ at, minutes, zone }: { at: number; minutes: number; zone: string }, now: number, t: Translate): string {
  if (now >= at + minutes * 60_000) return t('scheduling.until.over')
  if (now >= at) return t('scheduling.until.now')
  const days = dayNumber(at, zone) - dayNumber(now, zone)
  if (days > 1) return t('scheduling.until.days', { count: days })
  if (days === 1) return t('scheduling.until.tomorrow')
  return t(at - now < 3_600_000 ? 'scheduling.until.hour' : 'scheduling.until.today')
}

function dayNumber(at: number, zone: string): number {
  return Date.parse(fieldsOf(at, zone).day) / 86_400_000
}
