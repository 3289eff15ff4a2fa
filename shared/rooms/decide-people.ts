// People come into a running case, are corrected and go. Stands with rooms because what they may read comes and goes with them.
import { changePeopleAct } from '#shared/cases/case-acts.ts'
import { canChangePeople } from '#shared/cases/case-policy.ts'
import { MAX_PEOPLE_APART, MAX_PEOPLE_PER_SIDE } from '#shared/cases/case-protocol.ts'
import { type CaseState, caseFold, mediatorsOf, peopleApart, peopleOf, personIn, presentPersonIn } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { personAdd, personAdded, personCorrect, personCorrected, personEnd } from '#shared/cases/people-protocol.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { hasSide, mayBeMinor, mediates } from '#shared/kernel/roles.ts'
import { type Decision, decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { givingGrant, openingFor } from './admission-events.ts'
import { roomsOfPerson } from './decide-open.ts'
import { endingOf } from './ending-events.ts'

/**
 * A second representative, for one; an interpreter; a lawyer in the place of another, who goes in the same moment. A text that is closed
 * for signing keeps the signers it was closed with: whoever comes later signs only one that is closed later.
 */
export const addPersonRule = personRule({
  command: personAdd,
  decide(view, { participantId: id, insteadOf, ...facts }, { actor, ...moment }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    const refusal = refusalFor(actor, state)
    if (refusal) return refusal
    const known = personIn(state, id)
    const { role, sideId } = facts
    // Asked again by a device that did not hear the answer.
    if (known) return known.sideId === sideId && known.role === role && known.endedAt === undefined ? decided() : refuse('conflict')
    const isOnSide = sideId !== undefined && state.facts.sides.some((side) => side.id === sideId)
    if (hasSide(facts) ? !isOnSide : sideId !== undefined) return refuse('invalid', undefined, { field: 'sideId' })
    if (facts.minor && !mayBeMinor(facts)) return refuse('invalid', undefined, { field: 'minor' })
    const before = insteadOf === undefined ? undefined : presentGuest(state, insteadOf)
    if (insteadOf !== undefined && (!before || before.sideId !== sideId)) return refuse('not-found')
    const others = sideId === undefined ? peopleApart(state) : peopleOf(state, sideId)
    const room = sideId === undefined ? MAX_PEOPLE_APART : MAX_PEOPLE_PER_SIDE
    if (!before && others.length >= room) return refuse('conflict', sideId === undefined ? 'cases/apart-full' : 'cases/side-full')
    const person = { ...facts, id, ...(before ? { insteadOf: before.id } : {}) }
    return decided(
      ...(before ? endingOf(view, before.id) : []),
      newEvent(personAdded, 'case', person),
      ...mediatorsOf(state).flatMap((mediator) => openingFor(directAudience(id), mediator, moment)),
      ...roomsOfPerson(person).map((audience) => givingGrant(audience, person, moment)),
    )
  },
})

/** A text that is closed for signing, and what is signed, keeps the names it was closed with; those are sealed in its own record. */
export const correctPersonRule = personRule({
  command: personCorrect,
  decide(view, { participantId, name, authority, language, minor }, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state) return refuse('not-found')
    const refusal = refusalFor(actor, state)
    if (refusal) return refusal
    const person = presentGuest(state, participantId)
    if (!person) return refuse('not-found')
    if (minor && !mayBeMinor(person)) return refuse('invalid', undefined, { field: 'minor' })
    const isSame = person.name === name && person.authority === authority && person.language === language
    if (isSame && (person.minor ?? false) === (minor ?? false)) return decided()
    const body = { participantId, name, language, ...(authority === undefined ? {} : { authority }), ...(minor ? { minor } : {}) }
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
    return presentGuest(state, participantId) ? decided(...endingOf(view, participantId)) : refuse('not-found')
  },
})

function refusalFor(actor: Person, state: CaseState): Decision | undefined {
  if (!mayAtAll(actor, changePeopleAct, 'case')) return refuse('forbidden')
  return canChangePeople(actor, state) ? undefined : refuse('conflict', 'cases/already-ended')
}

/** Mediators are no concern of these rules: their facts come from their profile, and they come and go with the consent of all sides. */
function presentGuest(state: CaseState, id: ParticipantId): CasePerson | undefined {
  const person = presentPersonIn(state, id)
  return person && !mediates(person) ? person : undefined
}
