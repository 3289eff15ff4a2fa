// Who may do what, default deny. A capability defines its acts in its `*-acts.ts`, asks `may` for them and adds its own facts (a running
// session, a text that is closed); nobody asks for a role by name anywhere else. All acts in one table: docs/rights.md, made by `npm run docs`.
import type { Act, ActName } from '#shared/kernel/act.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import { type Audience, type AudienceKind, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import { mediates, type WithRole } from '#shared/kernel/roles.ts'
import type { CasePhase } from './phases.ts'

interface ActRow {
  readonly roles: readonly Role[]
  readonly rooms: readonly AudienceKind[]
  readonly phases: readonly CasePhase[]
}

export const EVERYBODY: readonly Role[] = ['mediator', 'party', 'representative']
export const MEDIATORS: readonly Role[] = ['mediator']
export const SIDES: readonly Role[] = ['party', 'representative']

export const ALWAYS: readonly CasePhase[] = ['preparing', 'mediating', 'performing', 'closed']
export const UNTIL_CLOSED: readonly CasePhase[] = ['preparing', 'mediating', 'performing']
export const UNTIL_OVER: readonly CasePhase[] = ['preparing', 'mediating']
export const MEDIATING: readonly CasePhase[] = ['mediating']

export function defineAct(name: ActName, row: ActRow): Act {
  return { name, ...row } as Act // the one place that makes them
}

/** As much of a person as an act asks for; the ids decide only in rooms of one side or one person. */
type WhoActs = WithRole & Partial<Pick<Person, 'id' | 'sideId'>>

export function may(person: WhoActs, act: Act, audience: Audience, phase: CasePhase): boolean {
  return act.phases.includes(phase) && mayAtAll(person, act, audience)
}

/** In some phase of a case. Tells "not for you" from "not now". */
export function mayAtAll(person: WhoActs, act: Act, audience: Audience): boolean {
  return act.roles.includes(person.role) && act.rooms.includes(audienceKind(audience)) && isTheirs(person, audience)
}

/**
 * Rooms of one side are for its own people and the mediators, one's own notes for oneself. Of the others nothing but the log says who is in
 * them: there a policy asks for membership besides.
 */
function isTheirs(person: WhoActs, audience: Audience): boolean {
  const subject = audienceSubject(audience)
  switch (audienceKind(audience)) {
    case 'side':
      return mediates(person) || person.sideId === subject
    case 'direct':
      return mediates(person) || person.id === subject
    case 'self':
      return person.id === subject
    case 'mediators':
      return mediates(person)
    default:
      return true
  }
}
