import type { CaseState } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { editDraftAct, editNoteAct, freezeAct, readNoteAct, restoreAct, sayReadyAct, withdrawReadyAct } from './drafting-acts.ts'
import type { DraftPhase } from './drafting-state.ts'

export interface DraftSituation extends Pick<CaseState, 'phase' | 'session'> {
  /** Is in the joint session now. */
  readonly inAll: boolean
  readonly draft: DraftPhase['kind']
  /** The mediator has locked the text for everybody else. */
  readonly locked: boolean
}

export function canReadDraft({ inAll }: Pick<DraftSituation, 'inAll'>): boolean {
  return inAll
}

/** Everybody in the joint session writes, unless it is locked; the mediator always; never outside a session, never in a closed text. */
export function canEditDraft(actor: Person, situation: DraftSituation): boolean {
  return may(actor, editDraftAct, 'all', situation.phase) && isBeingWritten(situation) && (mediates(actor) || !situation.locked)
}

/** A side says that it would sign this text; a mediator has nothing to be ready for. */
export function canGiveReady(actor: Person, situation: DraftSituation): boolean {
  return may(actor, sayReadyAct, 'all', situation.phase) && isBeingWritten(situation)
}

/** As long as the text is not closed. */
export function canWithdrawReady(actor: Person, { inAll, draft }: DraftSituation): boolean {
  return mayAtAll(actor, withdrawReadyAct, 'all') && inAll && draft === 'open'
}

export function canRequestFreeze(actor: Person, situation: DraftSituation): boolean {
  return may(actor, freezeAct, 'all', situation.phase) && isBeingWritten(situation)
}

/** The mediator brings a saved state back into the text, or begins the text anew from it. */
export function canRestore(actor: Person, situation: DraftSituation): boolean {
  return may(actor, restoreAct, 'all', situation.phase) && isBeingWritten(situation)
}

/** Which states are saved, and their words. */
export function canReadStates(actor: Person, { inAll, phase }: Pick<DraftSituation, 'inAll' | 'phase'>): boolean {
  return inAll && may(actor, restoreAct, 'all', phase)
}

function isBeingWritten({ inAll, session, draft }: DraftSituation): boolean {
  return inAll && session !== undefined && draft === 'open'
}

/** A mediator's note is theirs alone, whether or not anybody is in a session; it outlasts the case for reading. */
export function canReadNote(actor: Person, note: CaseDocument): boolean {
  return mayAtAll(actor, readNoteAct, note.audience)
}

export function canEditNote(actor: Person, note: CaseDocument, { phase }: Pick<DraftSituation, 'phase'>): boolean {
  return may(actor, editNoteAct, note.audience, phase)
}

export function canReadDocument(document: CaseDocument, actor: Person, situation: DraftSituation): boolean {
  return document.kind === 'note' ? canReadNote(actor, document) : canReadDraft(situation)
}

export function canEditDocument(document: CaseDocument, actor: Person, situation: DraftSituation): boolean {
  return document.kind === 'note' ? canEditNote(actor, document, situation) : canEditDraft(actor, situation)
}
