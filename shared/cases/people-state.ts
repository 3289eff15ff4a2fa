// The sides and people of a case, folded from the events of `case`. People are never forgotten: whoever is out of it keeps a name.
import { isEvent, type ParsedEvent } from '#shared/log/fold.ts'
import type { OpenedBody } from './case-protocol.ts'
import { type PersonFacts, personAdded, personCorrected, personEnded, type Side, sideAdded } from './people-protocol.ts'

export type CasePerson = PersonFacts & {
  /** No longer part of the case, since then. */
  readonly endedAt?: number | undefined
}

export interface People {
  readonly sides: readonly Side[]
  /** Everybody who ever was part of the case, mediators first. */
  readonly people: readonly CasePerson[]
}

/** The people that version 1 of `case:opened` names; none for later ones, which tell of them by events of their own. */
export function peopleFrom(seeded: OpenedBody['seeded']): People {
  if (!seeded) return { sides: [], people: [] }
  return { sides: seeded.sides, people: [{ ...seeded.mediator, role: 'mediator' }, ...seeded.people] }
}

export function evolvePeople(state: People, event: ParsedEvent): People {
  if (isEvent(event, sideAdded)) return { ...state, sides: [...state.sides, event.body] }
  if (isEvent(event, personAdded)) return { ...state, people: withPerson(state.people, event.body) }
  if (isEvent(event, personCorrected)) return corrected(state, event.body)
  if (isEvent(event, personEnded)) {
    const { participantId } = event.body
    return { ...state, people: state.people.map((each) => (each.id === participantId ? { ...each, endedAt: event.at } : each)) }
  }
  return state
}

/** Somebody who comes back stands where they stood. */
function withPerson(people: readonly CasePerson[], person: PersonFacts): readonly CasePerson[] {
  return people.some((each) => each.id === person.id) ? people.map((each) => (each.id === person.id ? person : each)) : [...people, person]
}

/** A person who is a side themselves gives it their name: it is corrected with theirs. */
function corrected(
  state: People,
  body: Pick<PersonFacts, 'name' | 'authority' | 'language' | 'minor'> & { participantId: PersonFacts['id'] },
): People {
  const { participantId, name, authority, language, minor } = body
  const before = state.people.find((each) => each.id === participantId)
  if (!before) return state
  const { authority: _authority, minor: _minor, ...kept } = before
  const after: CasePerson = { ...kept, name, language, ...(authority === undefined ? {} : { authority }), ...(minor ? { minor } : {}) }
  const isTheirName = (side: Side) => side.kind === 'person' && side.id === before.sideId && side.name === before.name
  return {
    sides: state.sides.map((side) => (isTheirName(side) ? { ...side, name } : side)),
    people: state.people.map((each) => (each.id === participantId ? after : each)),
  }
}
