// Days and times as people name them, in a zone of theirs, and the instants that they are.
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'

const MINUTE = 60_000

/** Kazakhstan is named by its offset: a device with older zone data would be an hour off there. */
const FIXED_OFFSETS: Readonly<Record<string, number>> = { [TIME_ZONE.name]: TIME_ZONE.offsetMinutes }

/** Minutes that the zone is ahead of UTC at an instant. */
export function offsetAt(at: number, zone: string): number {
  const fixed = FIXED_OFFSETS[zone]
  if (fixed !== undefined) return fixed
  const shown = clockOf(zone).formatToParts(at)
  const parts = new Map(shown.map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return Math.round((local - Math.floor(at / MINUTE) * MINUTE) / MINUTE)
}

/** `2026-12-05` and `10:00` in a zone. Undefined where its clocks never show that time; of two such instants the first. */
export function instantOf(day: string, time: string, zone: string): number | undefined {
  const local = Date.parse(`${day}T${time}:00Z`)
  if (Number.isNaN(local)) return undefined
  const offsets = [offsetAt(local - 86_400_000, zone), offsetAt(local + 86_400_000, zone)]
  const found = offsets.map((minutes) => local - minutes * MINUTE).filter((at) => at + offsetAt(at, zone) * MINUTE === local)
  return found.length > 0 ? Math.min(...found) : undefined
}

/** What a field for a day and a field for a time show of an instant. */
export function fieldsOf(at: number, zone: string): { readonly day: string; readonly time: string } {
  const local = new Date(at + offsetAt(at, zone) * MINUTE).toISOString()
  return { day: local.slice(0, 10), time: local.slice(11, 16) }
}

/** `UTC+5`, `UTC−3:30`. */
export function offsetName(at: number, zone: string): string {
  const minutes = offsetAt(at, zone)
  const size = Math.abs(minutes)
  const rest = size % 60 ? `:${String(size % 60).padStart(2, '0')}` : ''
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`
}

/** By zone, of which there are some hundreds, however somebody writes them. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone.toLowerCase())
  if (known) return known
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    ...fields,
  })
  clocks.set(zone.toLowerCase(), made)
  return made
}
