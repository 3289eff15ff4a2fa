import type { CaseState } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { holdCallAct, joinCallAct } from './calls-acts.ts'
import type { CallStage, CallState } from './calls-state.ts'

type Case = Pick<CaseState, 'phase' | 'session'>

export interface CallSituation extends Case {
  readonly call: CallState
  /** Of the call's audience: joined, and a grant in force. */
  readonly reads: boolean
  /** False once a room that was opened for some has ended. */
  readonly open: boolean
  /** The mediator has locked calls there for everybody else. */
  readonly locked: boolean
}

/** Where the joint call stands: without a session there is none. */
export function jointStage({ session, call }: Pick<CallSituation, 'session' | 'call'>): CallStage {
  return session === undefined ? 'closed' : call.stage
}

/** Whether somebody opens, pauses, resumes and ends the joint call. */
export function canHoldCall(actor: Person, { phase, session }: Case): boolean {
  return may(actor, holdCallAct, 'all', phase) && session !== undefined
}

/** One's own side, or oneself, with the mediator: all other calls may bring people together who must not learn each other's addresses. */
export function isTalkApart(audience: Audience): boolean {
  const kind = audienceKind(audience)
  return kind === 'side' || kind === 'direct'
}

/** Whether somebody has to do with the calls of an audience at all, running or not. */
export function canKnowCall(actor: Person, audience: Audience, { phase, reads }: CallSituation): boolean {
  return reads && may(actor, joinCallAct, audience, phase)
}

/** A mediator in a talk apart while the others hear each other would be missed among them: the pause comes first. */
export function mustPauseFirst(actor: Person, audience: Audience, situation: CallSituation): boolean {
  return audience !== 'all' && mayAtAll(actor, holdCallAct, 'all') && jointStage(situation) === 'running'
}

/** By a lock, or because the room has ended. */
export function isKeptOut(actor: Person, { open, locked }: Pick<CallSituation, 'open' | 'locked'>): boolean {
  return !open || (locked && !mediates(actor))
}

/** Whether somebody may be in a call of this audience at this moment: asked at each joining, for each signal, and after each event. */
export function canBeInCall(actor: Person, audience: Audience, situation: CallSituation): boolean {
  if (!canKnowCall(actor, audience, situation) || isKeptOut(actor, situation)) return false
  return audience === 'all' ? jointStage(situation) === 'running' : !mustPauseFirst(actor, audience, situation)
}
