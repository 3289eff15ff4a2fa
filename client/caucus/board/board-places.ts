// In which column of the board a person stands: in one, where they are at this moment.
import type { Arrivals, WaitingPerson } from '#client/rooms/waiting-people.ts'
import { type CaseState, peopleOf } from '#shared/cases/case-state.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { inRoom } from '#shared/rooms/room-state.ts'

interface BoardPlaces {
  /** At the door. */
  readonly waiting: readonly WaitingPerson[]
  /** With a side: those who have stepped over into its talk, and those who were let into its own room first. */
  readonly withSide: ReadonlySet<ParticipantId>
  /** In their side's own room, and not let in to all yet. */
  readonly ownRoom: (side: SideId) => readonly WaitingPerson[]
}

export function boardPlaces(view: View, state: CaseState, { waiting }: Arrivals): BoardPlaces {
  const ownRoom = waiting.filter(({ inside }) => inside)
  const withSide = new Set<ParticipantId>(ownRoom.map(({ person }) => person.id))
  for (const { id: side } of state.facts?.sides ?? []) {
    const audience = sideAudience(side)
    const { caucus } = view.state(caucusFold, audience) ?? caucusFold.initial
    for (const { id } of peopleOf(state, side)) {
      if (caucus.stage === 'open' && caucus.entered[id] !== undefined && inRoom(view, audience, id)) withSide.add(id)
    }
  }
  return {
    waiting: waiting.filter(({ person, inside }) => !inside && !withSide.has(person.id)),
    withSide,
    ownRoom: (side) => ownRoom.filter(({ person }) => person.side?.id === side),
  }
}
