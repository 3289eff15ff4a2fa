// Who may do what, default deny. A capability defines its acts in its `*-acts.ts`, asks `may` for them and adds its own facts (a running
// session, a text that is closed); nobody asks for a role by name anywhere else. All acts in one table: docs/rights.md, made by `npm run docs`.
import type { Act, ActLine, ActName } from '#shared/kernel/act.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import { type Audience, type AudienceKind, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import { hasSide, mediates, type WithRole } from '#shared/kernel/roles.ts'
import type { CasePhase } from './phases.ts'

interface CaseActLine {
  readonly roles: readonly Role[]
  readonly rooms: readonly AudienceKind[]
  readonly phases: readonly CasePhase[]
}

export const MEDIATORS: readonly Role[] = ['mediator']
/** Whose word is their side's: they consent, say ready, sign and leave for it. */
export const SIDES: readonly Role[] = ['party', 'representative']
/** Everybody who stands on a side, a lawyer who only advises among them. */
export const OF_SIDES: readonly Role[] = [...SIDES, 'lawyer']
/** Everybody who has a say in the rooms that they are in. */
export const EVERYBODY: readonly Role[] = [...MEDIATORS, ...OF_SIDES, 'teacher', 'psychologist', 'interpreter', 'expert']
/** Who looks on or sits beside somebody, and writes to nobody but the mediator. */
export const SILENT: readonly Role[] = ['companion', 'trainee', 'observer']

export const ALWAYS: readonly CasePhase[] = ['preparing', 'mediating', 'performing', 'closed']
export const UNTIL_CLOSED: readonly CasePhase[] = ['preparing', 'mediating', 'performing']
export const UNTIL_OVER: readonly CasePhase[] = ['preparing', 'mediating']
export const MEDIATING: readonly CasePhase[] = ['mediating']

/** Several lines where not everybody may in the same rooms. */
export function defineAct(name: ActName, ...lines: readonly [CaseActLine, ...CaseActLine[]]): Act {
  return { name, lines } as unknown as Act // the one place that makes them
}

/** As much of a person as an act asks for; the ids decide only in rooms of one side or one person. */
type WhoActs = WithRole & { readonly id?: Person['id']; readonly sideId?: Person['sideId'] | undefined }

export function may(person: WhoActs, act: Act, audience: Audience, phase: CasePhase): boolean {
  return act.lines.some((line) => line.phases.includes(phase) && covers(line, person, audience)) && isTheirs(person, audience)
}

/** In some phase of a case. Tells "not for you" from "not now". */
export function mayAtAll(person: WhoActs, act: Act, audience: Audience): boolean {
  return act.lines.some((line) => covers(line, person, audience)) && isTheirs(person, audience)
}

function covers({ roles, rooms }: ActLine, person: WhoActs, audience: Audience): boolean {
  return roles.includes(person.role) && rooms.includes(audienceKind(audience))
}

/**
 * Rooms of one side are for its own people, the mediators, and whoever belongs to no side and was given a grant (which is what readers are
 * told by); one's own notes are for oneself. Of the others nothing but the log says who is in them: there a policy asks for membership besides.
 */
function isTheirs(person: WhoActs, audience: Audience): boolean {
  const subject = audienceSubject(audience)
  switch (audienceKind(audience)) {
    case 'side':
      return mediates(person) || (hasSide(person) ? person.sideId === subject : true)
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
