/** Kazakhstan has kept one time zone since 1 March 2024. Days in papers are days there. */
export const TIME_ZONE = { name: 'Asia/Almaty', label: 'UTC+5', offsetMinutes: 300 } as const

/** `2026-11-22T14:03:22+05:00`: whole seconds with the zone. */
export function localTime(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000 + TIME_ZONE.offsetMinutes * 60_000).toISOString().replace('.000Z', '+05:00')
}

/** `2026-11-22`: the day there. */
export function localDay(milliseconds: number): string {
  return localTime(milliseconds).slice(0, 10)
}
