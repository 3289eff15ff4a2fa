import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { estimateGive, estimateGiven, estimateWithdraw, estimateWithdrawn } from './estimate-protocol.ts'
import { giveEstimateAct } from './waiting-acts.ts'
import { canGiveEstimate } from './waiting-policy.ts'
import { estimateFold } from './waiting-state.ts'

const DAY = 86_400_000

export const giveEstimateRule = personRule({
  command: estimateGive,
  decide(view, { at }, { actor, now }) {
    const state = view.state(caseFold, 'case')
    const known = view.state(estimateFold, 'case')
    if (!state?.facts || !known) return refuse('not-found')
    if (!mayAtAll(actor, giveEstimateAct, 'case')) return refuse('forbidden')
    if (!canGiveEstimate(actor, state.phase)) return refuse('conflict', 'waiting/over')
    if (at <= now) return refuse('invalid', 'waiting/past', { field: 'at' })
    if (at > now + DAY) return refuse('invalid', 'waiting/too-far', { field: 'at' })
    return known.estimate?.at === at ? decided() : decided(newEvent(estimateGiven, 'case', { at }))
  },
})

export const withdrawEstimateRule = personRule({
  command: estimateWithdraw,
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    const known = view.state(estimateFold, 'case')
    if (!state?.facts || !known) return refuse('not-found')
    if (!mayAtAll(actor, giveEstimateAct, 'case')) return refuse('forbidden')
    return known.estimate ? decided(newEvent(estimateWithdrawn, 'case', {})) : decided()
  },
})
