import { caseFold } from '#shared/cases/case-state.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { canPost, isConversation } from './messaging-policy.ts'
import { messagePost, messagePosted } from './messaging-protocol.ts'
import { readersChanged } from './readers-changed.ts'

export const postRule = personRule({
  command: messagePost,
  weight: 'words',
  decide(view, { audience, id, text }, { actor, seen }) {
    const room = view.state(roomFold, audience)
    const state = view.state(caseFold, 'case')
    if (!room || !state || !isConversation(audience)) return refuse('not-found')
    if (!canPost(actor, audience, room, state)) return refuse('conflict', 'messaging/closed')
    const problem = readersChanged({ audience, room, state, seen })
    if (problem) return { decided: false, problem }
    return decided(newEvent(messagePosted, audience, { id, text }))
  },
})
