// Hours and minutes of Kazakhstan time, as a mediator types them and as people read them.
import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const AHEAD = TIME_ZONE.offsetMinutes * MINUTE

type Typed = { readonly at: number } | { readonly fault: 'missing' | 'past' | 'too-far' }

export function typedEstimate(time: string, isTomorrow: boolean, now: number): Typed {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? []
  if (hours === undefined || minutes === undefined) return { fault: 'missing' }
  const at = (dayOf(now) + (isTomorrow ? 1 : 0)) * DAY - AHEAD + (Number(hours) * 60 + Number(minutes)) * MINUTE
  if (at <= now) return { fault: 'past' }
  return at > now + DAY ? { fault: 'too-far' } : { at }
}

/** The same for all who wait; once it has passed, without a number. */
export function estimateWords(at: number, now: number, { t, f }: { t: Translate; f: Pick<Formats, 'time'> }): string {
  if (at <= now) return t('waiting.estimate.passed')
  return t(dayOf(at) === dayOf(now) ? 'waiting.estimate.by' : 'waiting.estimate.by-day', { time: f.time(at) })
}

function dayOf(at: number): number {
  return Math.floor((at + AHEAD) / DAY)
}
