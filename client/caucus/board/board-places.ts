// In which column of the board a person stands: in one, where they are at this moment.
import type { Arrivals, WaitingPerson } from '#client/rooms/waiting-people.ts'
import { type CaseState, peopleOf } from '#shared/cases/case-state.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { isRoomOpen } from '#shared/rooms/group-policy.ts'
import { groupFold } from '#shared/rooms/group-state.ts'
import { inRoom } from '#shared/rooms/room-state.ts'

interface BoardPlaces {
  /** At the door. */
  readonly waiting: readonly WaitingPerson[]
  /** With a side: those who have stepped over into its talk, and those who were let into its own room first. */
  readonly withSide: ReadonlySet<ParticipantId>
  /** Stepped over into a room for some, later than into a talk with their side. */
  readonly inGroup: ReadonlyMap<ParticipantId, Audience>
  /** In their side's own room, and not let in to all yet. */
  readonly ownRoom: (side: SideId) => readonly WaitingPerson[]
}

export function boardPlaces(view: View, state: CaseState, { waiting }: Arrivals): BoardPlaces {
  const ownRoom = waiting.filter(({ inside }) => inside)
  const latest = latestGroups(view)
  const withSide = new Set<ParticipantId>(ownRoom.map(({ person }) => person.id))
  for (const { id: side } of state.facts?.sides ?? []) {
    const audience = sideAudience(side)
    const { caucus } = view.state(caucusFold, audience) ?? caucusFold.initial
    for (const { id } of peopleOf(state, side)) {
      const entry = caucus.stage === 'open' ? caucus.entered[id] : undefined
      if (entry && inRoom(view, audience, id) && entry.at >= (latest.get(id)?.at ?? 0)) withSide.add(id)
    }
  }
  return {
    inGroup: new Map([...latest].flatMap(([id, { audience }]) => (withSide.has(id) ? [] : [[id, audience] as const]))),
    waiting: waiting.filter(({ person, inside }) => !inside && !withSide.has(person.id)),
    withSide,
    ownRoom: (side) => ownRoom.filter(({ person }) => person.side?.id === side),
  }
}

/** Of the rooms for some that stand, the one that each person came into last. */
function latestGroups(view: View): ReadonlyMap<ParticipantId, { readonly audience: Audience; readonly at: number }> {
  const latest = new Map<ParticipantId, { audience: Audience; at: number }>()
  for (const audience of view.audiences()) {
    const entered = isRoomOpen(view, audience) ? (view.state(groupFold, audience)?.entered ?? {}) : {}
    for (const [person, at] of Object.entries(entered)) {
      const id = person as ParticipantId // keys of this record
      if (inRoom(view, audience, id) && at >= (latest.get(id)?.at ?? 0)) latest.set(id, { audience, at })
    }
  }
  return latest
}
