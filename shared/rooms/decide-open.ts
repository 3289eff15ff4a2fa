// Opening a case opens its audiences: the mediator is in each but the people's own; its people have the right to theirs, and come in later.
import { type CaseBody, caseOpen, caseOpened } from '#shared/cases/case-protocol.ts'
import { type PersonFacts, personAdded, sideAdded } from '#shared/cases/people-protocol.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { isOfSide, speaksForSide } from '#shared/kernel/roles.ts'
import { type Decision, decided, newEvent, refuse, systemRule } from '#shared/log/decide.ts'
import { givingGrant, openingFor } from './admission-events.ts'

export const openRule = systemRule({
  command: caseOpen,
  sees: () => ['case'],
  decide(view, input, moment) {
    if (view.head('case')?.seq) return refuse('conflict')
    const misfit = misfitOf(input)
    if (misfit) return misfit
    const { mediator: profile, sides, people, ...facts } = input
    const mediator: PersonFacts = { ...profile, role: 'mediator' }
    const mediatorRooms: readonly Audience[] = [
      'case',
      'all',
      'mediators',
      selfAudience(mediator.id),
      ...sides.map((side) => sideAudience(side.id)),
      ...people.map((person) => directAudience(person.id)),
    ]
    return decided(
      newEvent(caseOpened, 'case', facts),
      ...sides.map((side) => newEvent(sideAdded, 'case', side)),
      ...[mediator, ...people].map((person) => newEvent(personAdded, 'case', person)),
      ...mediatorRooms.flatMap((audience) => openingFor(audience, mediator, moment, { words: 'whole' })),
      ...people.flatMap((person) => roomsOfPerson(person).map((audience) => givingGrant(audience, person, moment, { words: 'whole' }))),
    )
  },
})

/** All that somebody may be let into by their role; whatever else they read is given to them room by room. */
export function roomsOfPerson(person: Pick<PersonFacts, 'id' | 'role' | 'sideId'>): readonly Audience[] {
  const { id, sideId } = person
  const ofSide: readonly Audience[] = isOfSide(person) && sideId !== undefined ? [sideAudience(sideId), 'all'] : []
  return ['case', directAudience(id), selfAudience(id), ...ofSide]
}

function misfitOf({ sides, people }: CaseBody): Decision | undefined {
  const ids = new Set(sides.map((side) => side.id))
  const orphan = people.findIndex((person) => !ids.has(person.sideId))
  if (orphan >= 0) return refuse('invalid', undefined, { field: `people.${orphan}.sideId` })
  const empty = sides.findIndex((side) => !people.some((person) => person.sideId === side.id && speaksForSide(person)))
  return empty >= 0 ? refuse('invalid', undefined, { field: `sides.${empty}` }) : undefined
}
