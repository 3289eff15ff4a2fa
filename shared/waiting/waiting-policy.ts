import type { CaseState } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { isMember, type RoomState } from '#shared/rooms/room-state.ts'
import { answerTaskAct, giveEstimateAct, giveTaskAct, withdrawTaskAct } from './waiting-acts.ts'

/** Withdraws it too. */
export function canGiveEstimate(actor: Person, phase: CasePhase): boolean {
  return may(actor, giveEstimateAct, 'case', phase)
}

export function canGiveTask(actor: Person, side: SideId, { phase, session }: Pick<CaseState, 'phase' | 'session'>): boolean {
  return may(actor, giveTaskAct, sideAudience(side), phase) && session !== undefined
}

export function canWithdrawTask(actor: Person, side: SideId): boolean {
  return mayAtAll(actor, withdrawTaskAct, sideAudience(side))
}

/** Also once the session has ended: who waits may finish what they began. */
export function canAnswerTask(actor: Person, side: SideId, { phase, room }: { phase: CasePhase; room: RoomState | undefined }): boolean {
  return may(actor, answerTaskAct, sideAudience(side), phase) && isMember(room, actor.id)
}
