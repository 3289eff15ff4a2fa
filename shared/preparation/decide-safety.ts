import { caseFold } from '#shared/cases/case-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { canAnswerSafety } from './preparation-policy.ts'
import { safetyFold } from './preparation-state.ts'
import { safetyAnswer, safetyAnswered } from './safety-protocol.ts'

/** Nothing of it stands anywhere but on the person's own line to the mediator. */
export const answerSafetyRule = personRule({
  command: safetyAnswer,
  decide(view, input, { actor }) {
    const audience = directAudience(actor.id)
    const state = view.state(caseFold, 'case')
    if (!state || !view.state(safetyFold, audience)) return refuse('not-found')
    if (!canAnswerSafety(actor, state.phase)) return refuse('conflict', 'preparation/over')
    return decided(newEvent(safetyAnswered, audience, input))
  },
})
