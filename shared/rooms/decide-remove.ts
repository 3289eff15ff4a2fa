import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { decided, happened, personRule, refuse } from '#shared/log/decide.ts'
import { canRemovePerson } from './room-policy.ts'
import { personRemove, roomLeft } from './room-protocol.ts'
import { inRoom } from './room-state.ts'

export const removeRule = personRule({
  command: personRemove,
  weight: 'none',
  decide(view, { participantId }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state || !personIn(state, participantId)) return refuse('not-found')
    if (!canRemovePerson(actor, state.phase)) return refuse('forbidden')
    const rooms = view.audiences().filter((audience) => inRoom(view, audience, participantId))
    return decided(...rooms.map((audience) => happened(roomLeft, audience, { participantId })))
  },
})
