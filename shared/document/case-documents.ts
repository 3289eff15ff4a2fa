// The documents of a case: which there are, of what kind, and whose. Each is one Yjs document with a list of blocks for each language,
// in a sequence of its own; everything stored or sent of it names it.
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, selfAudience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type DocumentId, type ParticipantId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'

/** `settlement`: what everybody writes together and signs. `note`: a mediator's own, which nobody else ever sees. */
export type DocumentKind = 'settlement' | 'note'

export interface CaseDocument {
  readonly id: DocumentId
  readonly kind: DocumentKind
  /** Who reads it, and under whose key it rests. */
  readonly audience: Audience
}

/** Every case has one from its beginning, under an id that follows from the case's. */
export function settlementOf(caseId: CaseId): CaseDocument {
  return { id: asId<DocumentId>(caseId), kind: 'settlement', audience: 'all' }
}

export function noteOf(mediator: ParticipantId): CaseDocument {
  return { id: asId<DocumentId>(mediator), kind: 'note', audience: selfAudience(mediator) }
}

/** What stands under an id for this person; undefined, as for an id that does not exist, for what may not be theirs. */
export function documentFor(actor: Person, id: DocumentId): CaseDocument | undefined {
  const own = [settlementOf(actor.caseId), ...(mediates(actor) ? [noteOf(actor.id)] : [])]
  return own.find((document) => document.id === id)
}
