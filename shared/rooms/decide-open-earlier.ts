// What was said before somebody came is opened to them by those whose words these are: their own room's by a side, the joint session's by the
// mediator. The words stay where they are; only who reads them changes, from one message on, and it cannot be taken back: it was read.
import { caseFold } from '#shared/cases/case-state.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { canOpenEarlier } from './room-policy.ts'
import { earlierOpen, earlierOpened } from './room-protocol.ts'
import { isMember, roomFold, wordsAfter } from './room-state.ts'

export const openEarlierRule = personRule({
  command: earlierOpen,
  binds: true,
  decide(view, { audience, participantId, from }, { actor }) {
    const room = view.state(roomFold, audience)
    const state = view.state(caseFold, 'case')
    if (!room || !state) return refuse('not-found')
    if (!canOpenEarlier(actor, { audience, room, phase: state.phase, from })) return refuse('forbidden')
    if (!isMember(room, participantId)) return refuse('not-found')
    // Theirs already, from the beginning or by an earlier opening.
    if (from > wordsAfter(room, participantId)) return decided()
    return decided(newEvent(earlierOpened, audience, { participantId, from }))
  },
})
