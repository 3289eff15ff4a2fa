import type { Person } from '#shared/kernel/actor.ts'
import {
  changePeopleAct,
  closeCaseAct,
  confirmAgreementAct,
  correctNumberAct,
  correctTitleAct,
  endMediationAct,
  holdSessionAct,
  leaveMediationAct,
  suspendAct,
} from './case-acts.ts'
import type { CaseState } from './case-state.ts'
import { may } from './may.ts'

export function canConfirmAgreement(actor: Person, state: CaseState): boolean {
  return may(actor, confirmAgreementAct, 'case', state.phase) && state.confirmedAt[actor.id] === undefined
}

export function canStartSession(actor: Person, state: CaseState): boolean {
  return may(actor, holdSessionAct, 'case', state.phase) && state.session === undefined && state.suspended === undefined
}

export function canEndSession(actor: Person, state: CaseState): boolean {
  return may(actor, holdSessionAct, 'case', state.phase) && state.session !== undefined
}

/** Always open to a side until the mediation is over (art. 5(2)). */
export function canLeaveMediation(actor: Person, state: CaseState): boolean {
  return may(actor, leaveMediationAct, 'case', state.phase) && actor.sideId !== undefined && state.leftAt[actor.sideId] === undefined
}

export function canEndMediation(actor: Person, state: CaseState): boolean {
  return may(actor, endMediationAct, 'case', state.phase)
}

export function canSuspend(actor: Person, state: CaseState): boolean {
  return may(actor, suspendAct, 'case', state.phase) && state.suspended === undefined
}

export function canResume(actor: Person, state: CaseState): boolean {
  return may(actor, suspendAct, 'case', state.phase) && state.suspended !== undefined
}

export function canCloseCase(actor: Person, state: CaseState): boolean {
  return may(actor, closeCaseAct, 'case', state.phase)
}

/** People are added, corrected and taken out in a running case, by its mediators, until it is closed. */
export function canChangePeople(actor: Person, state: Pick<CaseState, 'phase'>): boolean {
  return may(actor, changePeopleAct, 'case', state.phase)
}

export function canCorrectTitle(actor: Person, state: Pick<CaseState, 'phase'>): boolean {
  return may(actor, correctTitleAct, 'case', state.phase)
}

export function canCorrectNumber(actor: Person, state: Pick<CaseState, 'phase'>): boolean {
  return may(actor, correctNumberAct, 'case', state.phase)
}
