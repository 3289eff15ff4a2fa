// Whom a room for some may bring together: it is no way round what is asked before sides talk with each other, or before somebody listens.
import { type CaseState, caseFold, minorsAlone, personIn } from '#shared/cases/case-state.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import { type Audience, audienceKind, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { actsByAuthority, isOfSide, speaksForSide, watches } from '#shared/kernel/roles.ts'
import { type Decision, refuse, type View } from '#shared/log/decide.ts'
import { sideConsent } from './consent-state.ts'
import { isRoomOpen } from './group-policy.ts'
import { procedureFold } from './procedure-state.ts'
import { membersOf, readsAt, roomFold } from './room-state.ts'

/** Why these people cannot be in one room as things stand. */
export function refusalOf(view: View, state: CaseState, people: readonly CasePerson[]): Decision | undefined {
  if (view.state(procedureFold, 'case')?.caucusOnly && meetsOtherSide(people)) return refuse('conflict', 'rooms/caucus-only')
  const alone = sidesOf(people).size > 1 ? minorsAmong(state, people) : []
  if (alone.length > 0) return refuse('conflict', 'rooms/minor-alone', { details: { names: alone.map(({ name }) => name) } })
  const listens = people.some((person) => watches(person) && hearing(view, state, people, person.id) !== 'agreed')
  return listens ? refuse('conflict', 'rooms/no-consent') : undefined
}

/**
 * The parties under age who are where sides talk with each other, and nobody of theirs who guards them (art. 24(3)). Between sessions, after
 * the mediation and in a room that is over nobody talks: what was said and agreed there stays theirs to read.
 */
export function minorsAloneIn(view: View, audience: Audience, now: number): readonly CasePerson[] {
  const state = view.state(caseFold, 'case')
  const isTalk = audience === 'all' ? state?.session !== undefined : audienceKind(audience) === 'room' && isRoomOpen(view, audience, now)
  if (!state || !isTalk) return []
  const room = view.state(roomFold, audience)
  const people = peopleIn(view, state, audience).filter(({ id }) => readsAt(room, id, now))
  return audience === 'all' || sidesOf(people).size > 1 ? minorsAmong(state, people) : []
}

/** Of a room that stands: whether one of its sides says no to somebody who only listens. */
export function isRefusedIn(view: View, room: Audience, listener: ParticipantId): boolean {
  const state = view.state(caseFold, 'case')
  return state !== undefined && hearing(view, state, peopleIn(view, state, room), listener) === 'refused'
}

/** Whether some room that stands brings a party together with another side. */
export function anyGroupBegun(view: View, state: CaseState, now: number): boolean {
  const rooms = view.audiences().filter((audience) => audienceKind(audience) === 'room' && isRoomOpen(view, audience, now))
  return rooms.some((room) => meetsOtherSide(peopleIn(view, state, room)))
}

export function peopleIn(view: View, state: CaseState, room: Audience): readonly CasePerson[] {
  return membersOf(view.state(roomFold, room)).flatMap((id) => personIn(state, id) ?? [])
}

/** Lawyers and representatives of several sides are among themselves; a party would face the other side. */
function meetsOtherSide(people: readonly CasePerson[]): boolean {
  return sidesOf(people).size > 1 && people.some((person) => speaksForSide(person) && !actsByAuthority(person))
}

function minorsAmong(state: CaseState, people: readonly CasePerson[]): readonly CasePerson[] {
  const here = new Set(people.map(({ id }) => id))
  return minorsAlone(state, ({ id }) => here.has(id)).filter(({ id }) => here.has(id))
}

/** A side is heard by whoever it has let into its own room, and by whom it has let into the joint one. */
function hearing(view: View, state: CaseState, people: readonly CasePerson[], participantId: ParticipantId): 'agreed' | 'open' | 'refused' {
  const sides = [...sidesOf(people)].map((side) => {
    const consents = [sideAudience(side), 'all' as const].map((audience) => sideConsent(view, state, side, { audience, participantId }))
    return consents.includes('given') ? 'agreed' : consents.includes('refused') ? 'refused' : 'open'
  })
  return (['refused', 'open'] as const).find((each) => sides.includes(each)) ?? 'agreed'
}

function sidesOf(people: readonly CasePerson[]): ReadonlySet<SideId> {
  return new Set(people.flatMap((person) => (isOfSide(person) && person.sideId !== undefined ? [person.sideId] : [])))
}
