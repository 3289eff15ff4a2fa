import type { CaseState } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { answerSafetyAct, showStatementsAct, writeStatementAct } from './preparation-acts.ts'

/** One's own, and nobody else's. */
export function canWriteStatement(actor: Person, phase: CasePhase): boolean {
  return !mediates(actor) && may(actor, writeStatementAct, directAudience(actor.id), phase)
}

/** In a running session: whoever reads them is there. */
export function canShowStatements(actor: Person, { phase, session }: Pick<CaseState, 'phase' | 'session'>): boolean {
  return may(actor, showStatementsAct, 'all', phase) && session !== undefined
}

export function canAnswerSafety(actor: Person, phase: CasePhase): boolean {
  return !mediates(actor) && may(actor, answerSafetyAct, directAudience(actor.id), phase)
}
