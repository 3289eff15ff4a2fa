// The joint call is opened, paused, resumed and ended by a mediator, for all alike.
import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Decision, decided, newEvent, personRule, refuse, systemRule, type View } from '#shared/log/decide.ts'
import { holdCallAct } from './calls-acts.ts'
import { jointWayFact } from './calls-facts.ts'
import { canHoldCall, jointStage } from './calls-policy.ts'
import {
  type CallReason,
  callClose,
  callEnd,
  callEnded,
  callHalt,
  callOpen,
  callOpened,
  callPause,
  callPaused,
  callResume,
  callResumed,
} from './calls-protocol.ts'
import { type CallStage, callFold } from './calls-state.ts'

const not = (kind: 'conflict' | 'unsupported' | 'unavailable', reason: CallReason) => refuse(kind, reason)

/** Where the joint call stands, or why this person has no say in it. */
function stageFor(view: View, actor: Person): CallStage | Decision {
  const state = view.state(caseFold, 'case')
  const call = view.state(callFold, 'all')
  if (!state || !call) return refuse('not-found')
  if (!mayAtAll(actor, holdCallAct, 'all')) return refuse('forbidden')
  return canHoldCall(actor, state) ? jointStage({ ...state, call }) : not('conflict', 'calls/no-session')
}

export const openCallRule = personRule({
  command: callOpen,
  facts: { way: jointWayFact },
  decide(view, _input, { actor, facts: { way } }) {
    const stage = stageFor(view, actor)
    if (typeof stage === 'object') return stage
    if (way === 'off') return not('unsupported', 'calls/off')
    if (way === 'none') return not('unavailable', 'calls/no-relay')
    return stage === 'closed' ? decided(newEvent(callOpened, 'all', {})) : not('conflict', 'calls/already-open')
  },
})

export const pauseCallRule = personRule({
  command: callPause,
  decide(view, _input, { actor }) {
    const stage = stageFor(view, actor)
    if (typeof stage === 'object') return stage
    if (stage === 'running') return decided(newEvent(callPaused, 'all', {}))
    return not('conflict', stage === 'paused' ? 'calls/paused' : 'calls/not-open')
  },
})

export const resumeCallRule = personRule({
  command: callResume,
  facts: { way: jointWayFact },
  decide(view, _input, { actor, facts: { way } }) {
    const stage = stageFor(view, actor)
    if (typeof stage === 'object') return stage
    if (way === 'off') return not('unsupported', 'calls/off')
    if (way === 'none') return not('unavailable', 'calls/no-relay')
    if (stage === 'paused') return decided(newEvent(callResumed, 'all', {}))
    return not('conflict', stage === 'running' ? 'calls/already-open' : 'calls/not-open')
  },
})

/** Also where calls were switched off meanwhile. */
export const endCallRule = personRule({
  command: callEnd,
  decide(view, _input, { actor }) {
    const stage = stageFor(view, actor)
    if (typeof stage === 'object') return stage
    return stage === 'closed' ? not('conflict', 'calls/not-open') : decided(newEvent(callEnded, 'all', {}))
  },
})

export const haltCallRule = systemRule({
  command: callHalt,
  sees: () => ['all'],
  decide: (view) => (view.state(callFold, 'all')?.stage === 'running' ? decided(newEvent(callPaused, 'all', {})) : decided()),
})

export const closeCallRule = systemRule({
  command: callClose,
  sees: () => ['case', 'all'],
  decide(view) {
    const over = view.state(caseFold, 'case')?.session === undefined
    const stage = view.state(callFold, 'all')?.stage ?? 'closed'
    return over && stage !== 'closed' ? decided(newEvent(callEnded, 'all', {})) : decided()
  },
})
