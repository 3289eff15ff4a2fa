import type { CaseState } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { admitAct, setProcedureAct } from './room-acts.ts'

interface Admission extends Pick<CaseState, 'phase' | 'session'> {
  /** The code was accepted. */
  readonly arrived: boolean
  /** The agreement to mediate, the explanation and the remote form are confirmed (art. 10(2), 17, 20). */
  readonly confirmed: boolean
}

export function canAdmit(actor: Person, { phase, session, arrived, confirmed }: Admission): boolean {
  return may(actor, admitAct, 'case', phase) && session !== undefined && arrived && confirmed
}

export function canSetProcedure(actor: Person, phase: CasePhase): boolean {
  return may(actor, setProcedureAct, 'case', phase)
}
