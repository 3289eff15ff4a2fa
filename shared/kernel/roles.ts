// What sets the roles apart besides what they may do (`shared/cases/may.ts`). Whoever adds a role answers each question here once.
import type { Person, Role } from './actor.ts'

interface RoleTraits {
  readonly mediates: boolean
  /**
   * side: stands on a side, and reads its rooms. beside: is there for somebody of a side, and is named with its people. neither: belongs to no side.
   * Whoever is not on a side reads what they were given a grant to, and nothing else.
   */
  readonly stands: 'side' | 'beside' | 'neither'
  /** Speaks and signs for somebody else, by a power of attorney. */
  readonly byAuthority: boolean
  /** A settlement bears their signature. */
  readonly signs: boolean
  /** Only looks on: those whose words they would hear are asked first. */
  readonly watches: boolean
  /** With them in, a minor may take part in the joint talk (art. 24(3)). */
  readonly guards: boolean
  /** A settlement says that they were there, though they do not sign it. */
  readonly isNamed: boolean
}

const OTHERS = {
  mediates: false,
  stands: 'neither',
  byAuthority: false,
  signs: false,
  watches: false,
  guards: false,
  isNamed: false,
} as const

const TRAITS: Readonly<Record<Role, RoleTraits>> = {
  mediator: { ...OTHERS, mediates: true, signs: true },
  party: { ...OTHERS, stands: 'side', signs: true },
  representative: { ...OTHERS, stands: 'side', byAuthority: true, signs: true, guards: true },
  lawyer: { ...OTHERS, stands: 'side' },
  teacher: { ...OTHERS, stands: 'beside', guards: true, isNamed: true },
  psychologist: { ...OTHERS, stands: 'beside', guards: true, isNamed: true },
  companion: { ...OTHERS, stands: 'beside' },
  interpreter: { ...OTHERS, isNamed: true },
  expert: OTHERS,
  trainee: { ...OTHERS, watches: true },
  observer: { ...OTHERS, watches: true },
}

export type WithRole = Pick<Person, 'role'>

export function mediates({ role }: WithRole): boolean {
  return TRAITS[role].mediates
}

/** Stands on a side: reads its rooms and speaks in them. */
export function isOfSide({ role }: WithRole): boolean {
  return TRAITS[role].stands === 'side'
}

/** Is named with the people of a side, whether or not they read its rooms. */
export function hasSide({ role }: WithRole): boolean {
  return TRAITS[role].stands !== 'neither'
}

/** Reads the rooms that the mediator gave them, each for its time, and no other. */
export function readsByGrant(person: WithRole): boolean {
  return !mediates(person) && !isOfSide(person)
}

export function actsByAuthority({ role }: WithRole): boolean {
  return TRAITS[role].byAuthority
}

export type SigningRole = 'mediator' | 'party' | 'representative'

export function signs<Who extends WithRole>(person: Who): person is Who & { readonly role: SigningRole } {
  return TRAITS[person.role].signs
}

/** Speaks for a side: party or representative. Their word is the side's. */
export function speaksForSide(person: WithRole): boolean {
  return isOfSide(person) && TRAITS[person.role].signs
}

/** A party may be under age; nobody else stands in a case as somebody who needs another beside them. */
export function mayBeMinor(person: WithRole): boolean {
  return speaksForSide(person) && !actsByAuthority(person)
}

export function watches({ role }: WithRole): boolean {
  return TRAITS[role].watches
}

export function guardsMinors({ role }: WithRole): boolean {
  return TRAITS[role].guards
}

export type NamedRole = 'interpreter' | 'teacher' | 'psychologist'

export function isNamedInSettlement<Who extends WithRole>(person: Who): person is Who & { readonly role: NamedRole } {
  return TRAITS[person.role].isNamed
}
