// When the sessions of a case began and ended: what a mediator's minutes are counted in.
import { caseClosed, mediationEnded, sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'

export interface SessionTime {
  readonly since: number
  /** Undefined while it runs. */
  readonly until?: number
}

/** Folded from `case`. */
export const sessionTimesFold: Fold<readonly SessionTime[]> = {
  name: 'session-times',
  initial: [],
  evolve(times, event) {
    if (isEvent(event, sessionStarted)) return [...times, { since: event.at }]
    if (![sessionEnded, mediationEnded, caseClosed].some((end) => isEvent(event, end))) return times
    return times.map((time) => (time.until === undefined ? { ...time, until: event.at } : time))
  },
}

/** How much of a stretch of time lay in these sessions. */
export function inSessions(times: readonly SessionTime[], from: number, to: number): number {
  return times.reduce((sum, { since, until = to }) => sum + Math.max(0, Math.min(to, until) - Math.max(from, since)), 0)
}
