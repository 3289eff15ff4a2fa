// The one queue before the rooms: whose code was accepted and who is in no room yet, by the names of the case; and who has not come.
import { type CaseState, peopleOf } from '#shared/cases/case-state.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { isOfSide } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import { inRoom, roomFold } from '#shared/rooms/room-state.ts'
import { type PersonView, personView } from './people.ts'

export interface WaitingPerson {
  readonly person: PersonView
  readonly since: number
  readonly confirmed: boolean
  /** Already in their side's own room, not yet in the joint one. */
  readonly inside: boolean
}

export interface Arrivals {
  readonly waiting: readonly WaitingPerson[]
  readonly absent: readonly PersonView[]
}

export function arrivalsOf(view: View, state: CaseState): Arrivals {
  const waiting: WaitingPerson[] = []
  const absent: PersonView[] = []
  const members = view.state(roomFold, 'case')?.members ?? {}
  for (const side of state.facts?.sides ?? []) {
    if (state.leftAt[side.id] !== undefined) continue
    for (const { id } of peopleOf(state, side.id).filter(isOfSide)) {
      const person = personView(state, id)
      if (!person || inRoom(view, 'all', id)) continue
      const membership = members[id]
      if (!membership) absent.push(person)
      else if (membership.until === undefined) {
        waiting.push({
          person,
          since: membership.at,
          confirmed: state.confirmedAt[id] !== undefined,
          inside: inRoom(view, sideAudience(side.id), id),
        })
      }
    }
  }
  return { waiting: waiting.sort((a, b) => a.since - b.since), absent }
}
