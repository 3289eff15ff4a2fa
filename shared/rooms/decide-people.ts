// People come into a running case, are corrected and go. Stands with rooms because what they may read comes and goes with them.
import { changePeopleAct } from '#shared/cases/case-acts.ts'
import { canChangePeople } from '#shared/cases/case-policy.ts'
import { MAX_PEOPLE_PER_SIDE } from '#shared/cases/case-protocol.ts'
import { type CaseState, caseFold, mediatorsOf, peopleOf, personIn, presentPersonIn } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { personAdd, personAdded, personCorrect, personCorrected, personEnd, personEnded } from '#shared/cases/people-protocol.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { audienceKind, directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { isOfSide } from '#shared/kernel/roles.ts'
import { type Decision, decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { givingGrant, leaving, openingFor, takingOut } from './admission-events.ts'
import { roomsOfPerson } from './decide-open.ts'

/**
 * A second representative, for one. A text that is closed for signing keeps the signers it was closed with: whoever comes later signs
 * only one that is closed later.
 */
export const addPersonRule = personRule({
  command: personAdd,
  decide(view, { participantId: id, sideId, ...facts }, { actor, ...moment }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    const refusal = refusalFor(actor, state)
    if (refusal) return refusal
    const known = personIn(state, id)
    // Asked again by a device that did not hear the answer.
    if (known) return known.sideId === sideId && known.endedAt === undefined ? decided() : refuse('conflict')
    if (!state.facts.sides.some((side) => side.id === sideId)) return refuse('invalid', undefined, { field: 'sideId' })
    if (peopleOf(state, sideId).length >= MAX_PEOPLE_PER_SIDE) return refuse('conflict', 'cases/side-full')
    const person = { ...facts, id, sideId }
    return decided(
      newEvent(personAdded, 'case', person),
      ...mediatorsOf(state).flatMap((mediator) => openingFor(directAudience(id), mediator, moment)),
      ...roomsOfPerson(person).map((audience) => givingGrant(audience, person, moment)),
    )
  },
})

/** A text that is closed for signing, and what is signed, keeps the names it was closed with; those are sealed in its own record. */
export const correctPersonRule = personRule({
  command: personCorrect,
  decide(view, { participantId, name, authority, language }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state) return refuse('not-found')
    const refusal = refusalFor(actor, state)
    if (refusal) return refusal
    const person = presentOfSide(state, participantId)
    if (!person) return refuse('not-found')
    if (person.name === name && person.authority === authority && person.language === language) return decided()
    const body = { participantId, name, language, ...(authority === undefined ? {} : { authority }) }
    return decided(newEvent(personCorrected, 'case', body))
  },
})

export const endPersonRule = personRule({
  command: personEnd,
  weight: 'none',
  decide(view, { participantId }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state) return refuse('not-found')
    const refusal = refusalFor(actor, state)
    if (refusal) return refusal
    if (!presentOfSide(state, participantId)) return refuse('not-found')
    return decided(
      newEvent(personEnded, 'case', { participantId }),
      // A version's signers have their right from the version, for good.
      ...view
        .audiences()
        .flatMap((audience) => (audienceKind(audience) === 'signers' ? leaving : takingOut)(view, audience, participantId)),
    )
  },
})

function refusalFor(actor: Person, state: CaseState): Decision | undefined {
  if (!mayAtAll(actor, changePeopleAct, 'case')) return refuse('forbidden')
  return canChangePeople(actor, state) ? undefined : refuse('conflict', 'cases/already-ended')
}

/** Mediators are no concern of these rules: their facts come from their profile. */
function presentOfSide(state: CaseState, id: ParticipantId): CasePerson | undefined {
  const person = presentPersonIn(state, id)
  return person && isOfSide(person) ? person : undefined
}
