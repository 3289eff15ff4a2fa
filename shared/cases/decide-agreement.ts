import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { canConfirmAgreement } from './case-policy.ts'
import { agreementConfirm, agreementConfirmed } from './case-protocol.ts'
import { caseFold } from './case-state.ts'
import { isMediationOver } from './phases.ts'

/** Each person confirms for themselves; confirming again changes nothing. */
export const confirmAgreementRule = personRule({
  command: agreementConfirm,
  binds: true,
  decide(view, input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (canConfirmAgreement(actor, state)) return decided(newEvent(agreementConfirmed, 'case', input))
    return isMediationOver(state.phase) ? refuse('conflict', 'cases/already-ended') : decided()
  },
})
