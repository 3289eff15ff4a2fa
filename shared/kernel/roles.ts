// What sets the roles apart besides what they may do (`shared/cases/may.ts`). Whoever adds a role answers each question here once.
import type { Person, Role } from './actor.ts'

interface RoleTraits {
  readonly mediates: boolean
  /** Stands on a side, and reads its rooms. */
  readonly ofSide: boolean
  /** Speaks and signs for somebody else, by a power of attorney. */
  readonly byAuthority: boolean
}

const TRAITS: Readonly<Record<Role, RoleTraits>> = {
  mediator: { mediates: true, ofSide: false, byAuthority: false },
  party: { mediates: false, ofSide: true, byAuthority: false },
  representative: { mediates: false, ofSide: true, byAuthority: true },
}

export type WithRole = Pick<Person, 'role'>

export function mediates({ role }: WithRole): boolean {
  return TRAITS[role].mediates
}

export function isOfSide({ role }: WithRole): boolean {
  return TRAITS[role].ofSide
}

export function actsByAuthority({ role }: WithRole): boolean {
  return TRAITS[role].byAuthority
}
