import type { CaseId, ParticipantId, SideId } from './ids.ts'

/** A closed list; what each of them may do is said act by act (`shared/cases/may.ts`). */
export const ROLES = [
  'mediator',
  'party',
  'representative',
  'lawyer',
  'teacher',
  'psychologist',
  'companion',
  'interpreter',
  'expert',
  'trainee',
  'observer',
] as const
export type Role = (typeof ROLES)[number]

/** Who acts, as the session says it; never taken from a payload. */
export type Actor =
  | { readonly kind: 'person'; readonly caseId: CaseId; readonly id: ParticipantId; readonly role: Role; readonly sideId?: SideId }
  /** A step that follows from an event that somebody caused (freezing, for one). */
  | { readonly kind: 'system'; readonly caseId: CaseId }

export type Person = Extract<Actor, { kind: 'person' }>

/** How an actor is written into an event. */
export type By = ParticipantId | 'system'

export function byOf(actor: Actor): By {
  return actor.kind === 'person' ? actor.id : 'system'
}
