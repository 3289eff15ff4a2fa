import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { isRedacted, redactionFold } from '#shared/log/redaction.ts'
import { messageAuthorFact } from '#shared/messaging/messaging-facts.ts'
import { canMark } from './crossing-policy.ts'
import { messageMark, messageMarked } from './crossing-protocol.ts'
import { mayBeTold } from './crossing-state.ts'
import { lookInto } from './look.ts'

/** A mark moves nothing: it tells the mediator what they may say in their own words. */
export const markRule = personRule({
  command: messageMark,
  facts: { author: messageAuthorFact },
  decide(view, { audience, epoch, seq, mark }, { actor, facts: { author } }) {
    const here = lookInto(view, audience)
    if (!here || author === undefined) return refuse('not-found')
    if (author !== actor.id) return refuse('forbidden')
    if (!canMark(actor, here, author)) return refuse('conflict', 'crossing/closed')
    const redactions = view.state(redactionFold, audience) ?? redactionFold.initial
    if (isRedacted(redactions, { epoch, seq })) return refuse('conflict', 'messaging/already-removed')
    if (mayBeTold(here.crossing, { epoch, seq }) === (mark === 'you-may-tell')) return decided()
    return decided(newEvent(messageMarked, audience, { epoch, seq, mark }))
  },
})
