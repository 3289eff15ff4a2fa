import { caseFold, nameIn } from '#shared/cases/case-state.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { readsByGrant } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { jointRecordFold } from './joint-record-state.ts'
import { canPost, isConversation } from './messaging-policy.ts'
import { messagePost, messagePosted } from './messaging-protocol.ts'

export const postRule = personRule({
  command: messagePost,
  weight: 'words',
  decide(view, { audience, id, text }, { actor, seen }) {
    const room = view.state(roomFold, audience)
    const state = view.state(caseFold, 'case')
    // The same of a room that one's time is over in and of one that does not exist.
    if (!room || !state || !isConversation(audience)) return refuse('not-found', readsByGrant(actor) ? 'rooms/grant-ended' : undefined)
    if (audience === 'all' && view.state(jointRecordFold, audience)?.closed) return refuse('conflict', 'messaging/record-closed')
    if (!canPost(actor, audience, room, state)) return refuse('conflict', 'messaging/closed')
    // Somebody has come in since the author last looked: whoever writes must know who reads.
    const known = seen?.audience === audience ? seen.seq : 0
    if (room.lastJoin > known) {
      const newcomers = (Object.keys(room.members) as ParticipantId[]).filter((person) => (room.members[person]?.since ?? 0) > known)
      return refuse('conflict', 'messaging/readers-changed', { details: { names: newcomers.map((person) => nameIn(state, person) ?? '') } })
    }
    return decided(newEvent(messagePosted, audience, { id, text }))
  },
})
