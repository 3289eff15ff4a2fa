import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { correctTitleAct } from './case-acts.ts'
import { canCorrectTitle } from './case-policy.ts'
import { titleCorrect, titleCorrected } from './case-protocol.ts'
import { caseFold } from './case-state.ts'
import { mayAtAll } from './may.ts'

export const correctTitleRule = personRule({
  command: titleCorrect,
  decide(view, { title }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, correctTitleAct, 'case')) return refuse('forbidden')
    if (!canCorrectTitle(actor, state)) return refuse('conflict', 'cases/already-ended')
    return state.facts.title === title ? decided() : decided(newEvent(titleCorrected, 'case', { title }))
  },
})
