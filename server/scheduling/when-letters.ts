// When which letter about a meeting is due; pure.
import type { Notice } from '#shared/scheduling/scheduling-protocol.ts'
import type { Meeting } from '#shared/scheduling/scheduling-state.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Whoever has just been told needs no reminder. */
const JUST_TOLD = 15 * 60_000

interface Span {
  readonly notice: Notice
  readonly from: number
  /** Later it would say nothing useful. */
  readonly until: number
}

function spansOf({ at, changedAt, isCancelled }: Meeting): readonly Span[] {
  if (isCancelled) return [{ notice: 'cancelled', from: changedAt, until: at }]
  const reminders: readonly Span[] = [
    { notice: 'day', from: at - DAY, until: at - HOUR },
    { notice: 'hour', from: at - HOUR, until: at },
  ]
  return [{ notice: 'fixed', from: changedAt, until: at }, ...reminders.filter(({ from }) => from > changedAt + JUST_TOLD)]
}

export function lettersOf(meeting: Meeting, now: number): readonly Notice[] {
  return spansOf(meeting).flatMap(({ notice, from, until }) => (from <= now && now < until ? [notice] : []))
}

/** Undefined: none will come. */
export function nextLetterAt(meeting: Meeting, now: number): number | undefined {
  const ahead = spansOf(meeting).flatMap(({ from }) => (from > now ? [from] : []))
  return ahead.length > 0 ? Math.min(...ahead) : undefined
}
