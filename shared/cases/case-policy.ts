import type { Person } from '#shared/kernel/actor.ts'
import type { CaseState } from './case-state.ts'
import { may } from './may.ts'

export function canConfirmAgreement(actor: Person, state: CaseState): boolean {
  return may(actor, 'cases/confirm', 'case', state.phase) && state.confirmedAt[actor.id] === undefined
}

export function canStartSession(actor: Person, state: CaseState): boolean {
  return may(actor, 'cases/hold-session', 'case', state.phase) && state.session === undefined
}

export function canEndSession(actor: Person, state: CaseState): boolean {
  return may(actor, 'cases/hold-session', 'case', state.phase) && state.session !== undefined
}

/** Always open to a side until the mediation is over (art. 5(2)). */
export function canLeaveMediation(actor: Person, state: CaseState): boolean {
  return may(actor, 'cases/leave', 'case', state.phase) && actor.sideId !== undefined && state.leftAt[actor.sideId] === undefined
}

export function canEndMediation(actor: Person, state: CaseState): boolean {
  return may(actor, 'cases/end-mediation', 'case', state.phase)
}

export function canCloseCase(actor: Person, state: CaseState): boolean {
  return may(actor, 'cases/close', 'case', state.phase)
}

/** People are added, corrected and taken out in a running case, by its mediators, until it is closed. */
export function canChangePeople(actor: Person, state: Pick<CaseState, 'phase'>): boolean {
  return may(actor, 'cases/change-people', 'case', state.phase)
}
