import { decided, happened, personRule, refuse } from '#shared/log/decide.ts'
import { canEndMediation, canEndSession, canStartSession } from './case-policy.ts'
import { mediationEnd, mediationEnded, sessionEnd, sessionEnded, sessionStart, sessionStarted } from './case-protocol.ts'
import { caseFold } from './case-state.ts'

export const startSessionRule = personRule({
  command: sessionStart,
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (actor.role !== 'mediator') return refuse('forbidden')
    if (state.confirmedAt[actor.id] === undefined) return refuse('conflict', 'cases/not-confirmed')
    if (canStartSession(actor, state)) return decided(happened(sessionStarted, 'case', {}))
    return refuse('conflict', state.phase === 'ended' ? 'cases/already-ended' : 'cases/already-in-session')
  },
})

export const endSessionRule = personRule({
  command: sessionEnd,
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (actor.role !== 'mediator') return refuse('forbidden')
    return canEndSession(actor, state) ? decided(happened(sessionEnded, 'case', {})) : refuse('conflict', 'cases/not-in-session')
  },
})

export const endMediationRule = personRule({
  command: mediationEnd,
  weight: 'none',
  decide(view, { ground }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (actor.role !== 'mediator') return refuse('forbidden')
    return canEndMediation(actor, state) ? decided(happened(mediationEnded, 'case', { ground })) : refuse('conflict', 'cases/already-ended')
  },
})
