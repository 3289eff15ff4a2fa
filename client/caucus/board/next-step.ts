// The one button of the board that is filled: what the mediator would do next. People at the door come before those who call, and of
// either whoever has waited longest.
import type { WaitingPerson } from '#client/rooms/waiting-people.ts'
import type { CaseState } from '#shared/cases/case-state.ts'
import { canInviteToCaucus } from '#shared/caucus/caucus-policy.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'
import { canAdmit } from '#shared/rooms/room-policy.ts'

/** Somebody who can be let in, or a side that calls; undefined where nobody waits for the mediator. */
export type NextStep = { readonly admit: ParticipantId } | { readonly invite: SideId }

/** `waiting`: at the door, the longest first. */
export function nextStep(view: View, me: Person, state: CaseState, waiting: readonly WaitingPerson[]): NextStep | undefined {
  const apart = view.state(procedureFold, 'case')?.caucusOnly ?? false
  // while talks are held apart whoever is in their own room waits for no door
  const first = waiting.find(({ confirmed, inside }) => !(apart && inside) && canAdmit(me, { ...state, arrived: true, confirmed }))
  if (first) return { admit: first.person.id }
  const calls = (state.facts?.sides ?? []).flatMap(({ id }) => {
    const caucus = view.state(caucusFold, sideAudience(id)) ?? caucusFold.initial
    return caucus.call && canInviteToCaucus(me, id, state, caucus) ? [{ id, at: caucus.call.at }] : []
  })
  const [longest] = calls.sort((one, other) => one.at - other.at)
  return longest && { invite: longest.id }
}
