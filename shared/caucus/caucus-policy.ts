import type { CaseState } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { answerCallAct, callMediatorAct, endCaucusAct, enterCaucusAct, inviteToCaucusAct } from './caucus-acts.ts'
import type { CaucusState } from './caucus-state.ts'

export function canInviteToCaucus(
  actor: Person,
  side: SideId,
  { phase, session }: Pick<CaseState, 'phase' | 'session'>,
  state: CaucusState,
): boolean {
  return may(actor, inviteToCaucusAct, sideAudience(side), phase) && session !== undefined && state.caucus.stage === 'closed'
}

export function canEnterCaucus(actor: Person, side: SideId, state: CaucusState): boolean {
  if (!mayAtAll(actor, enterCaucusAct, sideAudience(side)) || state.caucus.stage === 'closed') return false
  return state.caucus.stage === 'invited' || state.caucus.entered[actor.id] === undefined
}

export function canEndCaucus(actor: Person, side: SideId, state: CaucusState): boolean {
  return mayAtAll(actor, endCaucusAct, sideAudience(side)) && state.caucus.stage !== 'closed'
}

export function canCallMediator(actor: Person, side: SideId, phase: CasePhase): boolean {
  return may(actor, callMediatorAct, sideAudience(side), phase)
}

export function canAnswerCall(actor: Person, side: SideId, state: CaucusState): boolean {
  return mayAtAll(actor, answerCallAct, sideAudience(side)) && state.call !== undefined
}
