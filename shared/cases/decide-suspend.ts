// The mediation pauses and goes on: everybody in the case is told of it in the same words. Writing to the mediator never stops.
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { suspendAct } from './case-acts.ts'
import { canResume, canSuspend } from './case-policy.ts'
import { mediationResume, mediationResumed, mediationSuspend, mediationSuspended, sessionEnded } from './case-protocol.ts'
import { caseFold } from './case-state.ts'
import { mayAtAll } from './may.ts'

export const suspendRule = personRule({
  command: mediationSuspend,
  weight: 'none',
  decide(view, suspension, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, suspendAct, 'case')) return refuse('forbidden')
    if (!canSuspend(actor, state)) return refuse('conflict', state.suspended ? 'cases/suspended' : 'cases/already-ended')
    const ending = state.session ? [newEvent(sessionEnded, 'case', {})] : []
    return decided(...ending, newEvent(mediationSuspended, 'case', suspension))
  },
})

export const resumeRule = personRule({
  command: mediationResume,
  weight: 'none',
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, suspendAct, 'case')) return refuse('forbidden')
    return canResume(actor, state) ? decided(newEvent(mediationResumed, 'case', {})) : refuse('conflict', 'cases/not-suspended')
  },
})
