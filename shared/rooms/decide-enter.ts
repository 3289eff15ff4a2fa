import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { directAudience, selfAudience } from '#shared/kernel/audience.ts'
import { decided, happened, type NewEvent, refuse, systemRule } from '#shared/log/decide.ts'
import { personEnter, roomJoined } from './room-protocol.ts'
import { inRoom } from './room-state.ts'

/** Entering again (a second device, a new code) changes nothing. */
export const enterRule = systemRule({
  command: personEnter,
  sees: ({ participantId }) => ['case', directAudience(participantId), selfAudience(participantId)],
  decide(view, { participantId }) {
    const state = view.state(caseFold, 'case')
    if (!state || !personIn(state, participantId)) return refuse('not-found')
    const events: NewEvent[] = []
    for (const audience of ['case', directAudience(participantId), selfAudience(participantId)] as const) {
      if (!inRoom(view, audience, participantId)) events.push(happened(roomJoined, audience, { participantId }))
    }
    return decided(...events)
  },
})
