// Who may do what: one table for the whole house, default deny. A capability asks it by the name of an act and adds its own facts
// (a running session, a text that is closed); nobody asks for a role by name anywhere else.
import type { Person, Role } from '#shared/kernel/actor.ts'
import { type Audience, type AudienceKind, audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import { mediates, type WithRole } from '#shared/kernel/roles.ts'
import type { CasePhase } from './phases.ts'

interface ActRow {
  readonly roles: readonly Role[]
  readonly rooms: readonly AudienceKind[]
  readonly phases: readonly CasePhase[]
}

const EVERYBODY: readonly Role[] = ['mediator', 'party', 'representative']
const MEDIATORS: readonly Role[] = ['mediator']
const SIDES: readonly Role[] = ['party', 'representative']

const ALWAYS: readonly CasePhase[] = ['preparing', 'mediating', 'performing', 'closed']
const UNTIL_CLOSED: readonly CasePhase[] = ['preparing', 'mediating', 'performing']
const UNTIL_OVER: readonly CasePhase[] = ['preparing', 'mediating']
const MEDIATING: readonly CasePhase[] = ['mediating']

const ACTS = {
  'cases/confirm': { roles: EVERYBODY, rooms: ['case'], phases: UNTIL_OVER },
  'cases/hold-session': { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER },
  'cases/end-mediation': { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_OVER },
  'cases/close': { roles: MEDIATORS, rooms: ['case'], phases: ['performing'] },
  'cases/leave': { roles: SIDES, rooms: ['case'], phases: UNTIL_OVER },
  'cases/change-people': { roles: MEDIATORS, rooms: ['case'], phases: UNTIL_CLOSED },
  'rooms/admit': { roles: MEDIATORS, rooms: ['case'], phases: MEDIATING },
  'messaging/post': { roles: EVERYBODY, rooms: ['all', 'side', 'direct'], phases: UNTIL_CLOSED },
  'messaging/remove-own': { roles: EVERYBODY, rooms: ['all', 'side', 'direct'], phases: UNTIL_CLOSED },
  // What was said in confidence and stands in the wrong room must be able to go for as long as it is kept.
  'messaging/remove': { roles: MEDIATORS, rooms: ['all', 'side', 'direct'], phases: ALWAYS },
  'caucus/invite': { roles: MEDIATORS, rooms: ['side'], phases: MEDIATING },
  'caucus/enter': { roles: SIDES, rooms: ['side'], phases: ALWAYS },
  // Either end may end it, whatever happens around it: the talk is as voluntary as the mediation (art. 5).
  'caucus/end': { roles: EVERYBODY, rooms: ['side'], phases: ALWAYS },
  'caucus/call-mediator': { roles: SIDES, rooms: ['side'], phases: UNTIL_CLOSED },
  'caucus/answer-call': { roles: MEDIATORS, rooms: ['side'], phases: ALWAYS },
  'drafting/edit': { roles: EVERYBODY, rooms: ['all'], phases: MEDIATING },
  'drafting/read-note': { roles: MEDIATORS, rooms: ['self'], phases: ALWAYS },
  'drafting/edit-note': { roles: MEDIATORS, rooms: ['self'], phases: UNTIL_CLOSED },
  'drafting/say-ready': { roles: SIDES, rooms: ['all'], phases: MEDIATING },
  // One may take one's word back whatever happens around it.
  'drafting/withdraw-ready': { roles: SIDES, rooms: ['all'], phases: ALWAYS },
  // Saved states of the text: the list, their words, and bringing one back.
  'drafting/restore': { roles: MEDIATORS, rooms: ['all'], phases: MEDIATING },
  'drafting/freeze': { roles: MEDIATORS, rooms: ['all'], phases: MEDIATING },
  'signing/sign': { roles: SIDES, rooms: ['all'], phases: UNTIL_OVER },
  'signing/sign-last': { roles: MEDIATORS, rooms: ['all'], phases: UNTIL_OVER },
  'signing/withdraw': { roles: EVERYBODY, rooms: ['all'], phases: UNTIL_OVER },
  'signing/decline': { roles: SIDES, rooms: ['all'], phases: UNTIL_OVER },
  'signing/reopen': { roles: MEDIATORS, rooms: ['all'], phases: UNTIL_OVER },
  'signing/record-paper': { roles: MEDIATORS, rooms: ['all'], phases: UNTIL_OVER },
} as const satisfies Record<string, ActRow>

export type Act = keyof typeof ACTS
export const ACT_NAMES = Object.keys(ACTS) as readonly Act[] // the keys of the table above

/** As much of a person as the table asks for; the ids decide only in rooms of one side or one person. */
type WhoActs = WithRole & Partial<Pick<Person, 'id' | 'sideId'>>

export function may(person: WhoActs, act: Act, audience: Audience, phase: CasePhase): boolean {
  const row: ActRow = ACTS[act]
  return row.phases.includes(phase) && mayAtAll(person, act, audience)
}

/** In some phase of a case. Tells "not for you" from "not now". */
export function mayAtAll(person: WhoActs, act: Act, audience: Audience): boolean {
  const row: ActRow = ACTS[act]
  return row.roles.includes(person.role) && row.rooms.includes(audienceKind(audience)) && isTheirs(person, audience)
}

/** Rooms of one side are for its own people and the mediators, one's own notes for oneself. */
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
