import { caseFold, nameIn } from '#shared/cases/case-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { readsByGrant } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { canPost, isConversation, isOpenTalk, talkIn } from './messaging-policy.ts'
import { messagePost, messagePosted } from './messaging-protocol.ts'

export const postRule = personRule({
  command: messagePost,
  weight: 'words',
  decide(view, { audience, id, text }, { actor, now, seen }) {
    const talk = talkIn(view, audience, now)
    // The same of a room that one's time is over in and of one that does not exist.
    if (!talk || !isConversation(audience)) return refuse('not-found', readsByGrant(actor) ? 'rooms/grant-ended' : undefined)
    if (talk.recordClosed) return refuse('conflict', 'messaging/record-closed')
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
