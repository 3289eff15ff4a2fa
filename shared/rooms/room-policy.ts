import type { CasePhase } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'

export interface Admission {
  readonly phase: CasePhase
  /** The code was accepted. */
  readonly arrived: boolean
  /** The agreement to mediate, the explanation and the remote form are confirmed (art. 10(2), 17, 20). */
  readonly confirmed: boolean
}

export function canAdmit(actor: Person, { phase, arrived, confirmed }: Admission): boolean {
  return actor.role === 'mediator' && phase === 'in-session' && arrived && confirmed
}

export function canRemovePerson(actor: Person, phase: CasePhase): boolean {
  return actor.role === 'mediator' && phase !== 'ended'
}
