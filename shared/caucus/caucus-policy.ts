import type { CasePhase } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import type { CaucusState } from './caucus-state.ts'

export function canInviteToCaucus(actor: Person, phase: CasePhase, state: CaucusState): boolean {
  return actor.role === 'mediator' && phase === 'in-session' && state.caucus.stage === 'closed'
}

export function canEnterCaucus(actor: Person, side: SideId, state: CaucusState): boolean {
  if (actor.sideId !== side || state.caucus.stage === 'closed') return false
  return state.caucus.stage === 'invited' || state.caucus.entered[actor.id] === undefined
}

/** Either end may end it: the talk is as voluntary as the mediation (art. 5). */
export function canEndCaucus(actor: Person, side: SideId, state: CaucusState): boolean {
  return state.caucus.stage !== 'closed' && (actor.role === 'mediator' || actor.sideId === side)
}

export function canCallMediator(actor: Person, side: SideId, phase: CasePhase): boolean {
  return actor.sideId === side && phase !== 'ended'
}

export function canAnswerCall(actor: Person, state: CaucusState): boolean {
  return actor.role === 'mediator' && state.call !== undefined
}
