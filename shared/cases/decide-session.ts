import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { closeCaseAct, endMediationAct, holdSessionAct } from './case-acts.ts'
import { canCloseCase, canEndMediation, canEndSession, canStartSession } from './case-policy.ts'
import {
  caseClose,
  caseClosed,
  mediationEnd,
  mediationEnded,
  sessionEnd,
  sessionEnded,
  sessionStart,
  sessionStarted,
} from './case-protocol.ts'
import { caseFold, minorsAlone } from './case-state.ts'
import { mayAtAll } from './may.ts'
import { isMediationOver } from './phases.ts'

export const startSessionRule = personRule({
  command: sessionStart,
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, holdSessionAct, 'case')) return refuse('forbidden')
    if (state.confirmedAt[actor.id] === undefined) return refuse('conflict', 'cases/not-confirmed')
    if (state.suspended) return refuse('conflict', 'cases/suspended')
    const alone = minorsAlone(state, ({ id }) => state.confirmedAt[id] !== undefined)
    if (canStartSession(actor, state) && alone.length > 0)
      return refuse('conflict', 'cases/minor-alone', { details: { names: alone.map(({ name }) => name) } })
    if (canStartSession(actor, state)) return decided(newEvent(sessionStarted, 'case', {}))
    return refuse('conflict', isMediationOver(state.phase) ? 'cases/already-ended' : 'cases/already-in-session')
  },
})

export const endSessionRule = personRule({
  command: sessionEnd,
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, holdSessionAct, 'case')) return refuse('forbidden')
    return canEndSession(actor, state) ? decided(newEvent(sessionEnded, 'case', {})) : refuse('conflict', 'cases/not-in-session')
  },
})

export const endMediationRule = personRule({
  command: mediationEnd,
  weight: 'none',
  decide(view, { ground, sideId }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, endMediationAct, 'case')) return refuse('forbidden')
    const isSide = sideId !== undefined && state.facts.sides.some(({ id }) => id === sideId)
    if ((ground === 'refused') !== isSide) return refuse('invalid', undefined, { field: 'sideId' })
    if (!canEndMediation(actor, state)) return refuse('conflict', 'cases/already-ended')
    return decided(newEvent(mediationEnded, 'case', sideId === undefined ? { ground } : { ground, sideId }))
  },
})

/** After a settlement, once it is performed or there is nothing more to do in it. */
export const closeCaseRule = personRule({
  command: caseClose,
  weight: 'none',
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, closeCaseAct, 'case')) return refuse('forbidden')
    if (state.phase === 'closed') return refuse('conflict', 'cases/already-ended')
    return canCloseCase(actor, state) ? decided(newEvent(caseClosed, 'case', {})) : refuse('conflict', 'cases/not-performing')
  },
})
