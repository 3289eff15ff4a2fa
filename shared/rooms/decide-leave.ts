// A side leaves the mediation (art. 5(2), 26(1)4). Stands with rooms because its people leave theirs in the same breath.
import { leaveMediationAct } from '#shared/cases/case-acts.ts'
import { canLeaveMediation } from '#shared/cases/case-policy.ts'
import { mediationEnded, mediationLeave, sideLeft } from '#shared/cases/case-protocol.ts'
import { caseFold, peopleOf } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { decided, type NewEvent, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { leaving } from './admission-events.ts'
import { groupsIn } from './decide-group.ts'

export const leaveRule = personRule({
  command: mediationLeave,
  binds: true,
  weight: 'none',
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    const { sideId } = actor
    if (!state?.facts) return refuse('not-found')
    if (sideId === undefined || !mayAtAll(actor, leaveMediationAct, 'case')) return refuse('forbidden')
    if (!canLeaveMediation(actor, state)) return refuse('conflict', 'cases/already-ended')
    const gone: NewEvent[] = []
    for (const { id: participantId } of peopleOf(state, sideId)) {
      for (const audience of ['all', sideAudience(sideId), ...groupsIn(view)] as const) {
        gone.push(...leaving(view, audience, participantId))
      }
    }
    return decided(newEvent(sideLeft, 'case', { sideId }), ...gone, newEvent(mediationEnded, 'case', { ground: 'refused' }))
  },
})
