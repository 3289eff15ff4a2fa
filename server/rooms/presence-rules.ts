// To whom a connection may be known: the mediator knows all; people in the joint session know each other's; whoever still waits knows the mediator's alone.
import type { LoadedCase } from '#server/log/case-state.ts'
import type { PresenceRules } from '#server/realtime/presence.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { isMember, roomFold } from '#shared/rooms/room-state.ts'

function inAudience(state: LoadedCase, audience: Audience, person: ParticipantId): boolean {
  const folded = state.audiences.get(audience)
  return folded !== undefined && isMember(sliceOf(folded, roomFold), person)
}

function isMediator(state: LoadedCase, person: ParticipantId): boolean {
  const folded = state.audiences.get('case')
  return folded !== undefined && sliceOf(folded, caseFold).facts?.mediator.id === person
}

export const presenceRules: PresenceRules = {
  witnesses(state, person) {
    if (isMediator(state, person)) return ['case']
    return inAudience(state, 'all', person) ? ['mediators', 'all'] : ['mediators']
  },
  mayKnow(state, viewer, person) {
    if (viewer === person || isMediator(state, viewer)) return true
    if (isMediator(state, person)) return inAudience(state, 'case', viewer)
    return inAudience(state, 'all', viewer) && inAudience(state, 'all', person)
  },
}
