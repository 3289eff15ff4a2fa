import { caseFold, presentPersonIn } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import { watches } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { takingOut } from './admission-events.ts'
import { consentAnswer, consentAnswered, consentAsk, consentAsked } from './consent-protocol.ts'
import { placeOf, placesToAsk, questionIn } from './consent-state.ts'
import { answerConsentAct, beLetInAct, giveGrantAct } from './room-acts.ts'
import { inRoom } from './room-state.ts'

/** Whoever has come since and was not asked is asked when it is asked again; an answer that was given stands. */
export const askConsentRule = personRule({
  command: consentAsk,
  decide(view, asked, { actor }) {
    const { audience, participantId } = asked
    const state = view.state(caseFold, 'case')
    const person = state && presentPersonIn(state, participantId)
    if (!state || !inRoom(view, audience, actor.id) || !person) return refuse('not-found')
    if (!mayAtAll(actor, giveGrantAct, audience)) return refuse('forbidden')
    if (!watches(person) || !mayAtAll(person, beLetInAct, audience)) return refuse('not-found')
    if (!may(actor, giveGrantAct, audience, state.phase)) return refuse('conflict', 'cases/already-ended')
    return decided(...placesToAsk(view, state, asked).map((place) => newEvent(consentAsked, place, asked)))
  },
})

/** A no, also one that takes back a yes, ends what the person has of a side's room at once; of the joint room a step of the system does. */
export const answerConsentRule = personRule({
  command: consentAnswer,
  binds: ({ agreed }) => agreed,
  weight: 'none',
  decide(view, { agreed, ...asked }, { actor }) {
    const { audience, participantId } = asked
    const state = view.state(caseFold, 'case')
    const place = placeOf(audience, actor.id)
    const question = questionIn(view, place, asked)
    if (!state || !question || !inRoom(view, place, actor.id)) return refuse('not-found')
    if (!mayAtAll(actor, answerConsentAct, place)) return refuse('forbidden')
    if (!may(actor, answerConsentAct, place, state.phase)) return refuse('conflict', 'cases/already-ended')
    if (question.answers[actor.id] === agreed) return decided()
    const out = !agreed && place === audience ? takingOut(view, audience, participantId) : []
    return decided(newEvent(consentAnswered, place, { ...asked, agreed }), ...out)
  },
})
