import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { type AudienceState, type Fold, isEvent, sliceOf } from '#shared/log/fold.ts'
import { roomJoined, roomLeft } from './room-protocol.ts'

export interface Membership {
  /** m of the event that opened it, and of the one that ended it. */
  readonly since: number
  readonly until: number | undefined
  readonly at: number
}

/** Folded from any audience: who reads it. */
export interface RoomState {
  readonly members: Readonly<Record<ParticipantId, Membership>>
  /** m of the last event that let somebody in. */
  readonly lastJoin: number
}

export const roomFold: Fold<RoomState> = {
  name: 'rooms',
  initial: { members: {}, lastJoin: 0 },
  evolve(state, event) {
    if (isEvent(event, roomJoined)) {
      const membership: Membership = { since: event.m, until: undefined, at: event.at }
      return { members: { ...state.members, [event.body.participantId]: membership }, lastJoin: event.m }
    }
    if (isEvent(event, roomLeft)) {
      const before = state.members[event.body.participantId]
      if (!before || before.until !== undefined) return state
      return { ...state, members: { ...state.members, [event.body.participantId]: { ...before, until: event.m } } }
    }
    return state
  },
}

export function isMember(state: RoomState | undefined, person: ParticipantId): boolean {
  const membership = state?.members[person]
  return membership !== undefined && membership.until === undefined
}

export function membersOf(state: RoomState | undefined): readonly ParticipantId[] {
  if (!state) return []
  return (Object.keys(state.members) as ParticipantId[]).filter((person) => isMember(state, person))
}

/** How the log learns who reads an audience: the last m that each person may read, Infinity for those who are in. */
export function readersOf(state: AudienceState): ReadonlyMap<ParticipantId, number> {
  const room = sliceOf(state, roomFold)
  const known = READERS.get(room)
  if (known) return known
  const readers = new Map<ParticipantId, number>()
  for (const [person, membership] of Object.entries(room.members)) {
    readers.set(person as ParticipantId, membership.until ?? Number.POSITIVE_INFINITY)
  }
  READERS.set(room, readers)
  return readers
}

/** Asked for every command and every frame, changed by few events: remembered for as long as the state is. */
const READERS = new WeakMap<RoomState, ReadonlyMap<ParticipantId, number>>()

export function inRoom(view: View, audience: Audience, person: ParticipantId): boolean {
  return isMember(view.state(roomFold, audience), person)
}
