import { caseFold } from '#shared/cases/case-state.ts'
import { readsByGrant } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { canPost, isConversation, isOpenTalk, talkIn } from './messaging-policy.ts'
import { messagePost, messagePosted } from './messaging-protocol.ts'
import { readersChanged } from './readers-changed.ts'

export const postRule = personRule({
  command: messagePost,
  weight: 'words',
  decide(view, { audience, id, text }, { actor, now, seen }) {
    const talk = talkIn(view, audience, now)
    const state = view.state(caseFold, 'case')
    // The same of a room that one's time is over in and of one that does not exist.
    if (!talk || !state || !isConversation(audience)) return refuse('not-found', readsByGrant(actor) ? 'rooms/grant-ended' : undefined)
    if (talk.recordClosed) return refuse('conflict', 'messaging/record-closed')
    if (!isOpenTalk(actor, audience, talk)) return refuse('conflict', 'messaging/closed')
    // Not an answer to these words, only to the moment: the device keeps them and asks again.
    if (!canPost(actor, audience, talk))
      return talk.locked ? refuse('conflict', 'messaging/locked') : refuse('unavailable', 'messaging/line-interrupted')
    const problem = readersChanged({ audience, room: talk.room, state, seen })
    if (problem) return { decided: false, problem }
    return decided(newEvent(messagePosted, audience, { id, text }))
  },
})
