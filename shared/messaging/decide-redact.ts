import { caseFold } from '#shared/cases/case-state.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { isRedacted, redactionFold } from '#shared/log/redaction.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { messageAuthorFact } from './messaging-facts.ts'
import { canRedact, isConversation } from './messaging-policy.ts'
import { messageRedact } from './messaging-protocol.ts'

export const redactRule = personRule({
  command: messageRedact,
  // Bounded by what there is to take away; never refused because much was written.
  weight: 'none',
  facts: { author: messageAuthorFact },
  decide(view, { audience, epoch, seq }, { actor, facts: { author } }) {
    const room = view.state(roomFold, audience)
    const state = view.state(caseFold, 'case')
    if (!room || !state || !isConversation(audience) || author === undefined) return refuse('not-found')
    if (!canRedact(actor, { audience, room, phase: state.phase, author })) {
      return author === actor.id ? refuse('conflict', 'messaging/removal-by-mediator') : refuse('forbidden')
    }
    const redactions = view.state(redactionFold, audience) ?? redactionFold.initial
    if (isRedacted(redactions, { epoch, seq })) return refuse('conflict', 'messaging/already-removed')
    return decided(newEvent(bodyRedacted, audience, { epoch, seq }))
  },
})
