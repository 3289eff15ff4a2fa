// A mediator’s time by side: the side’s own room and the lines of its people.
import { type CaseState, peopleOf } from '#shared/cases/case-state.ts'
import { directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import type { MediatorPlace } from './minutes-protocol.ts'
import { minutesFold, type Spent, spentUntil } from './minutes-state.ts'
import { inSessions, sessionTimesFold } from './session-times.ts'

/** Milliseconds: in the last session, and in all. */
export type TimeSpent = Pick<Spent, 'session' | 'whole'>

export interface MinutesBySide {
  readonly sides: ReadonlyMap<SideId, TimeSpent>
  readonly joint: TimeSpent
  /** At the board, and in rooms for some. */
  readonly elsewhere: TimeSpent
  /** While there was no connection. */
  readonly away: TimeSpent
  readonly total: TimeSpent
}

const NONE: TimeSpent = { session: 0, whole: 0 }

export function minutesBySide(view: View, state: CaseState, me: ParticipantId, now: number): MinutesBySide {
  const times = view.state(sessionTimesFold, 'case') ?? sessionTimesFold.initial
  const { spent } = spentUntil(view.state(minutesFold, selfAudience(me)) ?? minutesFold.initial, times, now)
  const at = (belongs: (place: MediatorPlace) => boolean) => sumOf(spent.filter(({ place }) => belongs(place)))
  const sides = (state.facts?.sides ?? []).map(({ id }) => {
    const rooms = new Set<MediatorPlace>([sideAudience(id), ...peopleOf(state, id).map((person) => directAudience(person.id))])
    return { id, rooms }
  })
  const joint = at((place) => place === 'all')
  const bySide = new Map(sides.map(({ id, rooms }) => [id, at((place) => rooms.has(place))]))
  const elsewhere = at((place) => place !== 'all' && !sides.some(({ rooms }) => rooms.has(place)))
  const last = times.at(-1)
  const total = { session: last ? inSessions([last], 0, now) : 0, whole: inSessions(times, 0, now) }
  const known = sumOf([joint, elsewhere, ...bySide.values()])
  const away = { session: Math.max(0, total.session - known.session), whole: Math.max(0, total.whole - known.whole) }
  return { sides: bySide, joint, elsewhere, away, total }
}

function sumOf(parts: readonly TimeSpent[]): TimeSpent {
  return parts.reduce((sum, part) => ({ session: sum.session + part.session, whole: sum.whole + part.whole }), NONE)
}
