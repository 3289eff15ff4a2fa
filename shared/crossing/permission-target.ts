// Where words may be passed on to, and who reads there, as much of it as the asker sees. Whoever allows is shown these people by name and
// allows it for them; whoever delivers is held to them.
import { type CaseState, mediatorsOf, peopleOf, presentPersonIn } from '#shared/cases/case-state.ts'
import { type Audience, audienceKind, audienceSubject, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { isOfSide } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import { isConversation } from '#shared/messaging/messaging-policy.ts'
import { grantOf, grantsIn } from '#shared/rooms/grants.ts'
import { membersOf, type RoomState, roomFold } from '#shared/rooms/room-state.ts'

interface Knowledge {
  readonly view: Pick<View, 'state' | 'audiences'>
  readonly state: CaseState
  /** Milliseconds since 1970, by the server's clock. */
  readonly now: number
}

/**
 * Who reads an audience now or may come in without anybody being asked, in the case's order. Of a room that the asker is not in: whom the
 * case places there, the mediators with them.
 */
export function readersThere(to: Audience, { view, state, now }: Knowledge): readonly ParticipantId[] {
  const room = view.state(roomFold, to)
  const found = room ? holdersOf(room, now) : placedThere(to, state)
  const order = state.facts?.people.map(({ id }) => id) ?? []
  return [...found].sort((a, b) => order.indexOf(a) - order.indexOf(b))
}

function holdersOf(room: RoomState, now: number): ReadonlySet<ParticipantId> {
  const holders = grantsIn(room.grants).flatMap(({ participantId }) => (grantOf(room.grants, participantId, now) ? [participantId] : []))
  return new Set([...membersOf(room), ...holders])
}

function placedThere(to: Audience, state: CaseState): ReadonlySet<ParticipantId> {
  const subject = audienceSubject(to) ?? ''
  const own = () => {
    if (audienceKind(to) === 'side') return peopleOf(state, asId<SideId>(subject))
    if (audienceKind(to) === 'direct') return [presentPersonIn(state, asId<ParticipantId>(subject))]
    return (state.facts?.people ?? []).filter((person) => person.endedAt === undefined && isOfSide(person))
  }
  return new Set([...mediatorsOf(state), ...own()].flatMap((person) => (person ? [person.id] : [])))
}

/** The joint session, each side, each person of one, and what other rooms the asker is in; never the room that the words are in. */
export function targetsFrom(source: Audience, { view, state }: Omit<Knowledge, 'now'>): readonly Audience[] {
  const sides = (state.facts?.sides ?? []).filter(({ id }) => peopleOf(state, id).length > 0)
  const people = sides.flatMap(({ id }) => peopleOf(state, id))
  const rooms = view.audiences().filter(isConversation)
  const all: readonly Audience[] = [
    'all',
    ...sides.map(({ id }) => sideAudience(id)),
    ...people.map(({ id }) => directAudience(id)),
    ...rooms,
  ]
  return [...new Set(all)].filter((audience) => audience !== source)
}
