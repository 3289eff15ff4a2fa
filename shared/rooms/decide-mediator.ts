import { type CaseState, caseFold, mediatorsOf, personIn, presentPersonIn } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import { mediatorAdd, mediatorPropose } from '#shared/cases/mediator-protocol.ts'
import { personAdded } from '#shared/cases/people-protocol.ts'
import { type Audience, audienceKind, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { mediates, speaksForSide } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse, systemRule } from '#shared/log/decide.ts'
import { openingFor } from './admission-events.ts'
import { consentAsked } from './consent-protocol.ts'
import { consentOf, isSameProposal, proposalsIn } from './consent-state.ts'
import { endingOf } from './ending-events.ts'
import { changeMediatorsAct } from './room-acts.ts'

/** Each who speaks for a side is asked in their own line. Proposing the same again asks whoever was not asked yet. */
export const proposeMediatorRule = systemRule({
  command: mediatorPropose,
  sees: ({ asked }) => ['case', ...asked.map(directAudience)],
  decide(view, { by, mediator, insteadOf, asked }) {
    const state = view.state(caseFold, 'case')
    const proposer = state && presentPersonIn(state, by)
    if (!state || !proposer || !mayAtAll(proposer, changeMediatorsAct, 'case') || personIn(state, mediator.id)) return refuse('not-found')
    if (!may(proposer, changeMediatorsAct, 'case', state.phase)) return refuse('conflict', 'cases/already-ended')
    if (insteadOf !== undefined && !mediatorsOf(state).some(({ id }) => id === insteadOf)) return refuse('not-found')
    const body = { audience: 'mediators' as const, participantId: mediator.id, mediator, ...(insteadOf === undefined ? {} : { insteadOf }) }
    const known = (id: ParticipantId) => proposalsIn(view, directAudience(id)).filter((each) => each.participantId === mediator.id)
    if (asked.flatMap(known).some((each) => !isSameProposal(each, { mediator, insteadOf }))) return refuse('conflict')
    const places = asked.filter((id) => {
      const person = presentPersonIn(state, id)
      return person !== undefined && speaksForSide(person) && known(id).length === 0
    })
    return decided(...places.map((id) => newEvent(consentAsked, directAudience(id), body)))
  },
})

/** A mediator who is changed for another keeps nothing: they are out of the case as whoever else is taken out of it. */
export const addMediatorRule = personRule({
  command: mediatorAdd,
  decide(view, { participantId }, { actor, ...moment }) {
    const state = view.state(caseFold, 'case')
    if (!state) return refuse('not-found')
    if (!mayAtAll(actor, changeMediatorsAct, 'case')) return refuse('forbidden')
    const known = personIn(state, participantId)
    if (known) return known.endedAt === undefined && mediates(known) ? decided() : refuse('not-found')
    const places = view.audiences().flatMap((place) => proposalsIn(view, place))
    const [proposal, ...others] = places.filter((each) => each.participantId === participantId)
    if (!proposal) return refuse('not-found')
    if (!may(actor, changeMediatorsAct, 'case', state.phase)) return refuse('conflict', 'cases/already-ended')
    const isOne = others.every((each) => isSameProposal(each, proposal))
    if (!isOne || consentOf(view, state, proposal) !== 'given') return refuse('conflict', 'rooms/no-consent')
    const { mediator, insteadOf } = proposal
    // Only who goes sees all the rooms that they leave.
    if (insteadOf !== undefined && insteadOf !== actor.id) return refuse('forbidden')
    const before = insteadOf === undefined ? undefined : presentPersonIn(state, insteadOf)
    const person = { ...mediator, role: 'mediator' as const, ...(before ? { insteadOf: before.id } : {}) }
    return decided(
      newEvent(personAdded, 'case', person),
      ...commonRooms(participantId).flatMap((audience) => openingFor(audience, person, moment, { words: 'whole' })),
      ...[...confidentialRooms(state), ...view.audiences().filter((audience) => audienceKind(audience) === 'room')].flatMap((audience) =>
        openingFor(audience, person, moment),
      ),
      ...(before ? endingOf(view, before.id) : []),
    )
  },
})

/** The joint record, from its beginning. */
function commonRooms(id: ParticipantId): readonly Audience[] {
  return ['case', 'all', selfAudience(id)]
}

/** From now on; what a side or a person said in confidence to somebody else is theirs to open (`decide-open-earlier.ts`). */
function confidentialRooms(state: Pick<CaseState, 'facts'>): readonly Audience[] {
  const { sides = [], people = [] } = state.facts ?? {}
  const present = people.filter((person) => !mediates(person) && person.endedAt === undefined)
  return ['mediators', ...sides.map(({ id }) => sideAudience(id)), ...present.map(({ id }) => directAudience(id))]
}
