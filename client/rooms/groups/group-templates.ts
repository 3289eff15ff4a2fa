// Whom a room for some is usually opened for: each in one tap, of the people who can be asked now. One that would be empty, or everybody, is
// not offered.
import type { PersonView } from '#client/rooms/people.ts'
import { actsByAuthority, isOfSide, signs, type WithRole } from '#shared/kernel/roles.ts'

export interface GroupTemplate {
  readonly id: string
  readonly kind: 'lawyers' | 'parties' | 'side' | 'others'
  /** Of one side: its name. */
  readonly side?: string
  readonly people: readonly PersonView[]
}

export function groupTemplates(people: readonly PersonView[]): readonly GroupTemplate[] {
  const sides = [...new Map(people.flatMap(({ side }) => (side ? [[side.id, side.name] as const] : [])))]
  const all: readonly GroupTemplate[] = [
    { id: 'lawyers', kind: 'lawyers', people: people.filter(isLawyer) },
    { id: 'parties', kind: 'parties', people: people.filter((person) => isOfSide(person) && !isLawyer(person)) },
    ...sides.map(([id, side]) => ({ id, kind: 'side', side, people: people.filter((person) => person.side?.id === id) }) as const),
    { id: 'others', kind: 'others', people: people.filter((person) => !isOfSide(person)) },
  ]
  return all.filter((template) => template.people.length > (template.kind === 'others' ? 0 : 1) && template.people.length < people.length)
}

/** Of a side without being the party: with their authority, or as their adviser. */
function isLawyer(person: WithRole): boolean {
  return isOfSide(person) && (actsByAuthority(person) || !signs(person))
}
