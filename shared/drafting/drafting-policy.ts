import type { CasePhase } from '#shared/cases/case-state.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
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

/** A mediator's note is theirs alone, whether or not anybody is in a session; it outlasts the mediation for reading. */
export function canReadNote(actor: Person, note: CaseDocument): boolean {
  return actor.role === 'mediator' && note.audience === selfAudience(actor.id)
}

export function canEditNote(actor: Person, note: CaseDocument, { phase }: Pick<DraftSituation, 'phase'>): boolean {
  return canReadNote(actor, note) && phase !== 'ended'
}

export function canReadDocument(document: CaseDocument, actor: Person, situation: DraftSituation): boolean {
  return document.kind === 'note' ? canReadNote(actor, document) : canReadDraft(situation)
}

export function canEditDocument(document: CaseDocument, actor: Person, situation: DraftSituation): boolean {
  return document.kind === 'note' ? canEditNote(actor, document, situation) : canEditDraft(situation)
}
