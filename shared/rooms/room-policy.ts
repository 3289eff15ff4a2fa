import { type CaseState, peopleOf } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { isOfSide } from '#shared/kernel/roles.ts'
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

/** Somebody who stands on the side is in the room; mediators and whoever else was let in are not its people. */
export function isSideThere(state: Pick<CaseState, 'facts'>, side: SideId, room: RoomState): boolean {
  return peopleOf(state, side).some((person) => isOfSide(person) && isMember(room, person.id))
}
