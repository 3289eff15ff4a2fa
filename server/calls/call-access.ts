// Who may be in a call, as the case stands at this moment; asked each time anew, of the person as the case knows them now.
import { actorOf } from '#server/cases/actor-of.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { callSituation } from '#shared/calls/call-situation.ts'
import { holdCallAct } from '#shared/calls/calls-acts.ts'
import { type CallSituation, canBeInCall, canKnowCall, isKeptOut, jointStage, mustPauseFirst } from '#shared/calls/calls-policy.ts'
import type { CallReason } from '#shared/calls/calls-protocol.ts'
import { type CallStage, callFold } from '#shared/calls/calls-state.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { type Slice, stateIn } from '#shared/log/fold.ts'

/** Of one case. */
export interface CallAccess {
  /** Whether this person is told who is in the call of this audience: who is not has no place in it either. */
  mayKnow(person: ParticipantId, audience: Audience): boolean
  mayBeIn(person: ParticipantId, audience: Audience): boolean
  /** Whether whoever is in it stays, wherever the joint call stands: no lock and no end of the room keeps them out. */
  mayStay(person: ParticipantId, audience: Audience): boolean
  whyNot(person: ParticipantId, audience: Audience): Problem | undefined
  /** Whether the joint call is this person's to hold. */
  holds(person: ParticipantId): boolean
  jointStage(): CallStage
  audiences(): readonly Audience[]
}

interface Deps {
  readonly log: Pick<CaseLog, 'loaded'>
  readonly clock: Clock
}

export function callAccess({ log, clock }: Deps, caseId: CaseId): CallAccess {
  function stateOf<State>(slice: Slice<State>, audience: Audience): State {
    return stateIn(log.loaded(caseId).audiences, slice, audience) ?? slice.initial
  }
  const joint = () => jointStage({ session: stateOf(caseFold, 'case').session, call: stateOf(callFold, 'all') })

  function situation(id: ParticipantId, audience: Audience): CallSituation {
    return callSituation(log.loaded(caseId).audiences, audience, id, clock.now())
  }

  /** A role may have changed since a connection began. */
  function asked(id: ParticipantId, audience: Audience): { person: Person; seen: CallSituation } | undefined {
    const person = actorOf(log.loaded(caseId), caseId, id)
    const seen = situation(id, audience)
    return person && seen.reads ? { person, seen } : undefined
  }

  return {
    mayKnow(id, audience) {
      const one = asked(id, audience)
      return one !== undefined && canKnowCall(one.person, audience, one.seen)
    },
    mayBeIn(id, audience) {
      const one = asked(id, audience)
      return one !== undefined && canBeInCall(one.person, audience, one.seen)
    },
    mayStay(id, audience) {
      const one = asked(id, audience)
      return one !== undefined && canKnowCall(one.person, audience, one.seen) && !isKeptOut(one.person, one.seen)
    },
    whyNot(id, audience) {
      const one = asked(id, audience)
      if (!one) return { kind: 'not-found' }
      if (!canKnowCall(one.person, audience, one.seen)) return { kind: 'forbidden' }
      if (isKeptOut(one.person, one.seen)) return conflict('calls/locked')
      if (mustPauseFirst(one.person, audience, one.seen)) return conflict('calls/pause-first')
      if (audience !== 'all' || joint() === 'running') return undefined
      return conflict(joint() === 'paused' ? 'calls/paused' : 'calls/not-open')
    },
    holds(id) {
      const person = actorOf(log.loaded(caseId), caseId, id)
      return person !== undefined && mayAtAll(person, holdCallAct, 'all')
    },
    jointStage: joint,
    audiences: () => [...log.loaded(caseId).audiences.keys()],
  }
}

const conflict = (reason: CallReason): Problem => ({ kind: 'conflict', reason })
