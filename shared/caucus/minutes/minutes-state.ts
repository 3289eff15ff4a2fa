import { type Fold, isEvent } from '#shared/log/fold.ts'
import { type MediatorPlace, mediatorMoved } from './minutes-protocol.ts'
import { inSessions, type SessionTime } from './session-times.ts'

/** Milliseconds at one place: of all sessions, and of the last. */
export interface Spent {
  readonly place: MediatorPlace
  readonly whole: number
  readonly session: number
}

export interface MinutesSpent {
  readonly spent: readonly Spent[]
  /** The beginning of the session that they count as the last. */
  readonly session: number | undefined
}

/** The sums are those up to `at`. */
export interface MinutesState extends MinutesSpent {
  /** Where the mediator is since `at`; undefined: nowhere. */
  readonly place: MediatorPlace | undefined
  readonly at: number
}

/** Folded from a mediator's own audience. */
export const minutesFold: Fold<MinutesState> = {
  name: 'minutes',
  initial: { place: undefined, at: 0, spent: [], session: undefined },
  evolve(state, event) {
    if (!isEvent(event, mediatorMoved)) return state
    const { place, spent, session } = event.body
    return { place, at: event.at, spent, session }
  },
  join: (older, newer) => (newer.at === 0 ? older : newer),
}

/** The sums up to a moment. The sum over all places and the time nowhere is the time of the sessions. */
export function spentUntil({ place, at, spent, session }: MinutesState, times: readonly SessionTime[], now: number): MinutesSpent {
  const last = times.at(-1)
  const before = last?.since === session ? spent : spent.map((each) => ({ ...each, session: 0 }))
  const here = place === undefined ? 0 : inSessions(times, at, now)
  if (place === undefined || here === 0) return { spent: before, session: last?.since }
  const known = before.find((each) => each.place === place) ?? { place, whole: 0, session: 0 }
  const more = { place, whole: known.whole + here, session: known.session + (last ? inSessions([last], at, now) : 0) }
  return { spent: [...before.filter((each) => each.place !== place), more], session: last?.since }
}
