import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { answerDatesAct, setDateAct } from './scheduling-acts.ts'

export function canSetDate(actor: Person, phase: CasePhase): boolean {
  return may(actor, setDateAct, 'case', phase)
}

/** For oneself, and for nobody else. */
export function canAnswerDates(actor: Person, phase: CasePhase): boolean {
  return !mediates(actor) && may(actor, answerDatesAct, directAudience(actor.id), phase)
}
