// What decides about calls of an audience, as it follows from the folded case: on the server for everybody, on a device for its own person.
import { caseFold } from '#shared/cases/case-state.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type VisibleStates, viewOf } from '#shared/log/decide.ts'
import { isRoomOpen } from '#shared/rooms/group-policy.ts'
import { isLocked } from '#shared/rooms/lock-policy.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'
import type { CallSituation } from './calls-policy.ts'
import { callFold } from './calls-state.ts'

export function callSituation(states: VisibleStates, audience: Audience, id: ParticipantId, now: number): CallSituation {
  const view = viewOf(states)
  const { phase, session, suspended } = view.state(caseFold, 'case') ?? caseFold.initial
  return {
    phase,
    session,
    call: view.state(callFold, 'all') ?? callFold.initial,
    reads: readsAt(view.state(roomFold, audience), id, now),
    // Of a suspended mediation the talk with the mediator goes on, and no other (as `isOpenTalk` has it of writing).
    open: isRoomOpen(view, audience, now) && !(suspended && audienceKind(audience) === 'room'),
    locked: isLocked(view, audience, 'calls'),
  }
}
