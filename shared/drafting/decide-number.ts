// The number of the case stands at the foot of the paper and in the record of a closed text: it is corrected only while the text is open,
// so that no paper says another number than the record that seals it.
import { correctNumberAct } from '#shared/cases/case-acts.ts'
import { canCorrectNumber } from '#shared/cases/case-policy.ts'
import { numberCorrect, numberCorrected } from '#shared/cases/case-protocol.ts'
import type { CaseRouteReason } from '#shared/cases/case-routes.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { draftFold } from './drafting-state.ts'

const ON_CLOSED_TEXT: CaseRouteReason = 'cases/number-on-closed-text'

export const correctNumberRule = personRule({
  command: numberCorrect,
  decide(view, { number }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, correctNumberAct, 'case')) return refuse('forbidden')
    if (!canCorrectNumber(actor, state)) return refuse('conflict', 'cases/already-ended')
    if ((view.state(draftFold, 'all') ?? draftFold.initial).phase.kind !== 'open') return refuse('conflict', ON_CLOSED_TEXT)
    return state.facts.number === number ? decided() : decided(newEvent(numberCorrected, 'case', { number }))
  },
})
