const DAY_MS = 86_400_000

/** The next time that a clock here shows `15:30`: today, or tomorrow where that is over; undefined for what is no time. */
export function clockTime(text: string, now: number): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined
  const at = new Date(now).setHours(Number(hours), Number(minutes), 0, 0)
  return at > now ? at : new Date(at + DAY_MS).setHours(Number(hours), Number(minutes), 0, 0)
}
