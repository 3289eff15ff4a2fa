// A mediator’s time by side: the side’s own room and the lines of its people, those too who have gone.
import { type CaseState, personIn } from '#shared/cases/case-state.ts'
import { audienceKind, audienceSubject, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
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
  const spent = spentBySide(spentUntil(view.state(minutesFold, selfAudience(me)) ?? minutesFold.initial, times, now).spent, state)
  const at = (place: MediatorPlace): TimeSpent => {
    const { session, whole } = spent.find((each) => each.place === place) ?? NONE
    return { session, whole }
  }
  const [joint, elsewhere] = [at('all'), at('board')]
  const sides = new Map((state.facts?.sides ?? []).map(({ id }) => [id, at(sideAudience(id))]))
  const last = times.at(-1)
  const total = { session: last ? inSessions([last], 0, now) : 0, whole: inSessions(times, 0, now) }
  const known = sumOf([joint, elsewhere, ...sides.values()])
  const away = { session: Math.max(0, total.session - known.session), whole: Math.max(0, total.whole - known.whole) }
  return { sides, joint, elsewhere, away, total }
}

/** One sum for each side, for the joint session and for all else: as few as a case has sides, however many rooms and people come and go. */
export function spentBySide(spent: readonly Spent[], state: CaseState): readonly Spent[] {
  const places = [...new Set(spent.map(({ place }) => countedAs(place, state)))]
  return places.map((place) => ({ place, ...sumOf(spent.filter((each) => countedAs(each.place, state) === place)) }))
}

function countedAs(place: MediatorPlace, state: CaseState): MediatorPlace {
  if (place === 'all' || place === 'board') return place
  const kind = audienceKind(place)
  if (kind === 'side') return place
  const person = kind === 'direct' ? personIn(state, asId<ParticipantId>(audienceSubject(place) ?? '')) : undefined
  return person?.sideId === undefined ? 'board' : sideAudience(person.sideId)
}

function sumOf(parts: readonly TimeSpent[]): TimeSpent {
  return parts.reduce<TimeSpent>((sum, part) => ({ session: sum.session + part.session, whole: sum.whole + part.whole }), NONE)
}
