import type { Person } from '#shared/kernel/actor.ts'
import type { CaseState } from './case-state.ts'

export function canConfirmAgreement(actor: Person, state: CaseState): boolean {
  return state.phase !== 'ended' && state.confirmedAt[actor.id] === undefined
}

export function canStartSession(actor: Person, state: CaseState): boolean {
  return actor.role === 'mediator' && (state.phase === 'preparing' || state.phase === 'between-sessions')
}

export function canEndSession(actor: Person, state: CaseState): boolean {
  return actor.role === 'mediator' && state.phase === 'in-session'
}

/** Always open to a side, whatever the phase, until it is over (art. 5(2)). */
export function canLeaveMediation(actor: Person, state: CaseState): boolean {
  return actor.sideId !== undefined && state.phase !== 'ended' && state.leftAt[actor.sideId] === undefined
}

export function canEndMediation(actor: Person, state: CaseState): boolean {
  return actor.role === 'mediator' && state.phase !== 'ended'
}
