import { caseFold, nameIn } from '#shared/cases/case-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { canPost, isConversation, isOpenTalk, talkIn } from './messaging-policy.ts'
import { messagePost, messagePosted } from './messaging-protocol.ts'

export const postRule = personRule({
  command: messagePost,
  weight: 'words',
  decide(view, { audience, id, text }, { actor, now, seen }) {
    const talk = talkIn(view, audience, now)
    if (!talk || !isConversation(audience)) return refuse('not-found')
    if (!isOpenTalk(actor, audience, talk)) return refuse('conflict', 'messaging/closed')
    // Not an answer to these words, only to the moment: the device keeps them and asks again.
    if (!canPost(actor, audience, talk))
      return talk.locked ? refuse('conflict', 'messaging/locked') : refuse('unavailable', 'messaging/line-interrupted')
    const { room } = talk
    // Somebody has come in since the author last looked: whoever writes must know who reads.
    const known = seen?.audience === audience ? seen.seq : 0
    if (room.lastJoin > known) {
      const newcomers = (Object.keys(room.members) as ParticipantId[]).filter((person) => (room.members[person]?.since ?? 0) > known)
      return refuse('conflict', 'messaging/readers-changed', {
        details: { names: newcomers.map((person) => nameIn(view.state(caseFold, 'case') ?? caseFold.initial, person) ?? '') },
      })
    }
    return decided(newEvent(messagePosted, audience, { id, text }))
  },
})
