import type { CaseState } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { admitAct, openJointWordsAct, openOwnWordsAct, setProcedureAct } from './room-acts.ts'
import { isMember, type RoomState, wordsAfter } from './room-state.ts'

interface Admission extends Pick<CaseState, 'phase' | 'session'> {
  /** The code was accepted. */
  readonly arrived: boolean
  /** The agreement to mediate, the explanation and the remote form are confirmed (art. 10(2), 17, 20). */
  readonly confirmed: boolean
}

export function canAdmit(actor: Person, { phase, session, arrived, confirmed }: Admission): boolean {
  return may(actor, admitAct, 'case', phase) && session !== undefined && arrived && confirmed
}

/** Only what one reads oneself: whoever came late opens nothing to anybody that was said before. */
export function canOpenEarlier(
  actor: Person,
  { audience, room, phase, from }: { audience: Audience; room: RoomState; phase: CasePhase; from: number },
): boolean {
  const own = may(actor, openOwnWordsAct, audience, phase) || may(actor, openJointWordsAct, audience, phase)
  return own && isMember(room, actor.id) && wordsAfter(room, actor.id) < from
}

export function canSetProcedure(actor: Person, phase: CasePhase): boolean {
  return may(actor, setProcedureAct, 'case', phase)
}
