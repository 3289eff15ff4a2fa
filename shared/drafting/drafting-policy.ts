import type { CasePhase } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { DraftPhase } from './drafting-state.ts'

export interface DraftSituation {
  readonly phase: CasePhase
  /** Is in the joint session now. */
  readonly inAll: boolean
  readonly draft: DraftPhase['kind']
}

export function canReadDraft({ inAll }: Pick<DraftSituation, 'inAll'>): boolean {
  return inAll
}

/** Everybody in the joint session writes, the mediator too; never outside a session, never in a closed text. */
export function canEditDraft({ phase, inAll, draft }: DraftSituation): boolean {
  return inAll && phase === 'in-session' && draft === 'open'
}

/** A side says that it would sign this text; a mediator has nothing to be ready for. */
export function canGiveReady(actor: Person, situation: DraftSituation): boolean {
  return actor.sideId !== undefined && canEditDraft(situation)
}

/** One may take one's word back whatever happens around it, as long as the text is not closed. */
export function canWithdrawReady(actor: Person, { inAll, draft }: DraftSituation): boolean {
  return actor.sideId !== undefined && inAll && draft === 'open'
}

export function canRequestFreeze(actor: Person, situation: DraftSituation): boolean {
  return actor.role === 'mediator' && canEditDraft(situation)
}
