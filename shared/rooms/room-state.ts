import { caseOpened } from '#shared/cases/case-protocol.ts'
import { peopleFrom } from '#shared/cases/people-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { GrantId, ParticipantId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { type AudienceState, type Fold, isEvent, type ParsedEvent, sliceOf } from '#shared/log/fold.ts'
import { type Grants, grantOf, grantsIn, impliedGrant, isDue, nextTurn, withGrants } from './grants.ts'
import { earlierOpened, grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'

interface Membership {
  /** seq of the event that opened it, and of the last one that may be read of it. */
  readonly since: number
  readonly until: number | undefined
  readonly at: number
  /** Of the conversation they read what stands behind this seq: 0 where it is theirs from the first event on. */
  readonly wordsAfter: number
  /** Came when there may have been a conversation already, of which nothing was theirs. */
  readonly late: boolean
}

/** Folded from any audience: who has the right to read it, and who is in it. */
export interface RoomState {
  readonly members: Readonly<Record<ParticipantId, Membership>>
  readonly grants: Grants
  /** The time at which the first of its grants ends; Infinity where none is timed. */
  readonly firstEnd: number
  /** Some grant begins or ends by the clock. */
  readonly timed: boolean
  /** seq of the last event that let somebody in. */
  readonly lastJoin: number
}

const NEVER = Number.POSITIVE_INFINITY

export const roomFold: Fold<RoomState> = {
  name: 'rooms',
  initial: { members: {}, grants: {}, firstEnd: NEVER, timed: false, lastJoin: 0 },
  evolve(before, event) {
    const state = event.at < before.firstEnd ? before : endGrants(before, event, dueIn(before, event.at))
    if (isEvent(event, grantGiven)) {
      const { from, until, words, ...facts } = event.body
      const fromJoining = words === 'from-joining'
      const grant = { ...facts, from: from > event.at ? from : undefined, until, fromJoining, ended: false }
      return {
        ...state,
        grants: withGrants(state.grants, [grant]),
        firstEnd: Math.min(state.firstEnd, until ?? NEVER),
        timed: state.timed || until !== undefined || grant.from !== undefined,
      }
    }
    if (isEvent(event, grantEnded))
      return state.grants[event.body.grantId]?.ended === false ? endGrants(state, event, [event.body.grantId]) : state
    if (isEvent(event, roomJoined)) return joined(state, event, event.body)
    if (isEvent(event, earlierOpened)) return opened(state, event.body)
    if (isEvent(event, roomLeft)) return closed(state, event.body.participantId, event.seq)
    // Version 1 of this event named the people who may come: it is their grant.
    if (isEvent(event, caseOpened) && event.body.seeded) {
      const grants = peopleFrom(event.body.seeded).people.map(({ id, role }) => impliedGrant(id, role))
      return { ...state, grants: withGrants(state.grants, grants) }
    }
    return state
  },
}

function joined(state: RoomState, event: ParsedEvent, body: { participantId: ParticipantId; grantId?: GrantId | undefined }): RoomState {
  const { participantId, grantId } = body
  const grant = grantId === undefined ? grantOf(state.grants, participantId, event.at) : state.grants[grantId]
  const needsNone = grantId !== undefined || grant !== undefined
  const grants = needsNone ? state.grants : withGrants(state.grants, [impliedGrant(participantId, undefined)])
  const late = grant?.fromJoining ?? false
  const membership: Membership = { since: event.seq, until: undefined, at: event.at, wordsAfter: late ? event.seq - 1 : 0, late }
  return { ...state, grants, members: { ...state.members, [participantId]: membership }, lastJoin: event.seq }
}

function opened(state: RoomState, { participantId, from }: { participantId: ParticipantId; from: number }): RoomState {
  const before = state.members[participantId]
  if (!before || from > before.wordsAfter) return state
  return { ...state, members: { ...state.members, [participantId]: { ...before, wordsAfter: from - 1 } } }
}

function closed(state: RoomState, person: ParticipantId, until: number): RoomState {
  const before = state.members[person]
  if (!before || before.until !== undefined) return state
  return { ...state, members: { ...state.members, [person]: { ...before, until } } }
}

function dueIn({ grants }: RoomState, now: number): readonly GrantId[] {
  return grantsIn(grants).flatMap((grant) => (isDue(grant, now) ? [grant.grantId] : []))
}

/** Whoever has no other grant in force reads up to the event that ends theirs; if its time was over before, only what came before. */
function endGrants(state: RoomState, event: ParsedEvent, ended: readonly GrantId[]): RoomState {
  const told = isEvent(event, grantEnded) ? event.body.grantId : undefined
  const grants = withGrants(
    state.grants,
    ended.flatMap((id) => (state.grants[id] ? [{ ...state.grants[id], ended: true }] : [])),
  )
  const ends = grantsIn(grants).flatMap(({ ended: over, until }) => (over || until === undefined ? [] : [until]))
  let after: RoomState = { ...state, grants, firstEnd: Math.min(NEVER, ...ends) }
  for (const id of ended) {
    const person = grants[id]?.participantId
    if (person && !grantOf(grants, person, event.at)) after = closed(after, person, id === told ? event.seq : event.seq - 1)
  }
  return after
}

/** As the events say it; whether a grant has run out by the clock since is asked with `readsAt`. */
export function isMember(state: RoomState | undefined, person: ParticipantId): boolean {
  const membership = state?.members[person]
  return membership !== undefined && membership.until === undefined
}

/** Whether somebody reads an audience now: joined, and a grant in force. */
export function readsAt(state: RoomState | undefined, person: ParticipantId, now: number): boolean {
  return state !== undefined && isMember(state, person) && grantOf(state.grants, person, now) !== undefined
}

/** The seq up to which somebody reads nothing of an audience's conversation: it was said before they came, and is not opened to them. */
export function wordsAfter(state: RoomState | undefined, person: ParticipantId): number {
  return state?.members[person]?.wordsAfter ?? 0
}

export function membersOf(state: RoomState | undefined): readonly ParticipantId[] {
  if (!state) return []
  return (Object.keys(state.members) as ParticipantId[]).filter((person) => isMember(state, person))
}

/** Whether the clock alone may change who reads it. */
export function isTimed(state: AudienceState): boolean {
  return sliceOf(state, roomFold).timed
}

/** How the log learns who reads an audience, judged by this clock whenever it asks. */
export function readersBy(clock: Clock): (state: AudienceState) => ReadonlyMap<ParticipantId, number> {
  return (state) => readersOf(state, clock.now())
}

/** The last seq that each person may read now, Infinity for those who are in. */
export function readersOf(state: AudienceState, now: number): ReadonlyMap<ParticipantId, number> {
  const room = sliceOf(state, roomFold)
  const known = READERS.get(room)
  if (known && now >= known.from && now < known.until) return known.readers
  const readers = new Map<ParticipantId, number>()
  for (const [id, membership] of Object.entries(room.members)) {
    const person = id as ParticipantId // keys of this record
    if (membership.until !== undefined) readers.set(person, membership.until)
    else if (grantOf(room.grants, person, now)) readers.set(person, NEVER)
    // Its time is over: what was said until then stays readable. One that has not begun opens nothing.
    else if (grantsIn(room.grants).some((grant) => grant.participantId === person && isDue(grant, now))) readers.set(person, state.seq)
  }
  READERS.set(room, { readers, from: now, until: nextTurn(room.grants, now) ?? NEVER })
  return readers
}

/** Asked for every command and every frame, changed by few events and times: remembered for as long as the state is. */
const READERS = new WeakMap<RoomState, { readers: ReadonlyMap<ParticipantId, number>; from: number; until: number }>()

export function inRoom(view: View, audience: Audience, person: ParticipantId): boolean {
  return isMember(view.state(roomFold, audience), person)
}
