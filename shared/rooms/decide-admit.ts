import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { decided, happened, type NewEvent, personRule, refuse } from '#shared/log/decide.ts'
import { canAdmit } from './room-policy.ts'
import { personAdmit, roomJoined } from './room-protocol.ts'
import { inRoom } from './room-state.ts'

export const admitRule = personRule({
  command: personAdmit,
  decide(view, { participantId, to }, { actor }) {
    const state = view.state(caseFold, 'case')
    const person = state && personIn(state, participantId)
    if (!state || !person) return refuse('not-found')
    const arrived = inRoom(view, 'case', participantId)
    const confirmed = state.confirmedAt[participantId] !== undefined
    if (!canAdmit(actor, { phase: state.phase, arrived, confirmed })) {
      if (actor.role !== 'mediator') return refuse('forbidden')
      if (state.phase !== 'in-session') return refuse('conflict', 'rooms/no-session')
      return refuse('conflict', arrived ? 'rooms/not-confirmed' : 'rooms/not-arrived')
    }
    const events: NewEvent[] = []
    const own = sideAudience(person.sideId)
    if (!inRoom(view, own, participantId)) events.push(happened(roomJoined, own, { participantId }))
    if (to === 'all' && !inRoom(view, 'all', participantId)) events.push(happened(roomJoined, 'all', { participantId }))
    return events.length > 0 ? decided(...events) : refuse('conflict', 'rooms/already-in')
  },
})
