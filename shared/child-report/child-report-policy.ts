import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import { reportChildAct } from './child-report-acts.ts'

export function canReportChild(actor: Person, phase: CasePhase): boolean {
  return may(actor, reportChildAct, selfAudience(actor.id), phase)
}
