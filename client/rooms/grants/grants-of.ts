// Whoever reads by grants alone, as their mediator sees it: which rooms they may be let into, how it stands with each.
import { type PersonView, personView } from '#client/rooms/people.ts'
import { type CaseState, nameIn, personIn } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { readsByGrant, watches } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import {
  type Consent,
  consentOf,
  placeOf,
  placesToAsk,
  proposalsIn,
  questionIn,
  sideConsent,
  sidesAsked,
} from '#shared/rooms/consent-state.ts'
import { grantsIn } from '#shared/rooms/grants.ts'
import { beLetInAct } from '#shared/rooms/room-acts.ts'
import { inRoom, roomFold } from '#shared/rooms/room-state.ts'

export interface GrantedRoom {
  readonly audience: Audience
  /** Undefined for the joint room. */
  readonly side: { readonly id: SideId; readonly name: string } | undefined
  readonly grant: GrantedTime | undefined
  /** Undefined where nobody has to be asked. */
  readonly consent: AskedConsent | undefined
}

interface GrantedTime {
  /** Not before. */
  readonly from: number | undefined
  readonly until: number | undefined
  readonly withSession: boolean
}

export interface AskedConsent {
  readonly all: Consent
  readonly isAsked: boolean
  /** Somebody is here who was not asked. */
  readonly mayAsk: boolean
  readonly sides: readonly { readonly name: string; readonly consent: Consent }[]
}

export interface GrantedPerson {
  readonly person: PersonView
  readonly arrived: boolean
  readonly confirmed: boolean
  readonly rooms: readonly GrantedRoom[]
}

export function grantsOf(view: View, state: CaseState, now: number): readonly GrantedPerson[] {
  const present = state.facts?.people.filter((person) => readsByGrant(person) && person.endedAt === undefined) ?? []
  return present.flatMap(({ id }) => {
    const person = personView(state, id)
    return person
      ? [
          {
            person,
            arrived: inRoom(view, 'case', id),
            confirmed: state.confirmedAt[id] !== undefined,
            rooms: roomsFor(view, state, person, now),
          },
        ]
      : []
  })
}

function roomsFor(view: View, state: CaseState, person: PersonView, now: number): readonly GrantedRoom[] {
  const known = personIn(state, person.id)
  const sides = state.facts?.sides ?? []
  const rooms = [{ audience: 'all' as Audience, side: undefined }, ...sides.map((side) => ({ audience: sideAudience(side.id), side }))]
  return rooms
    .filter(({ audience }) => known && mayAtAll(known, beLetInAct, audience) && view.has(audience))
    .map(({ audience, side }) => ({
      audience,
      side: side && { id: side.id, name: side.name },
      grant: timeOf(view, audience, person, now),
      consent: watches(person) ? consentTold(view, state, audience, person) : undefined,
    }))
}

function timeOf(view: View, audience: Audience, { id }: PersonView, now: number): GrantedTime | undefined {
  const grant = grantsIn(view.state(roomFold, audience)?.grants ?? {}).find(
    ({ participantId, ended, until }) => participantId === id && !ended && (until === undefined || now < until),
  )
  if (!grant) return undefined
  const { from, until, withSession = false } = grant
  return { from: from !== undefined && from > now ? from : undefined, until, withSession }
}

function consentTold(view: View, state: CaseState, audience: Audience, { id: participantId }: Pick<PersonView, 'id'>): AskedConsent {
  const asked = { audience, participantId }
  const sides = sidesAsked(state, audience)
  const people = state.facts?.people ?? []
  return {
    all: consentOf(view, state, asked),
    isAsked: people.some(({ id }) => questionIn(view, placeOf(audience, id), asked) !== undefined),
    mayAsk: placesToAsk(view, state, asked).length > 0,
    sides: sides.map((side) => ({
      name: state.facts?.sides.find(({ id }) => id === side)?.name ?? '',
      consent: sideConsent(view, state, side, asked),
    })),
  }
}

/** Who is proposed as mediator, each once, and how the sides have answered. */
export interface ProposedMediator {
  readonly id: ParticipantId
  readonly name: string
  /** In whose place they would come. */
  readonly before: string | undefined
  readonly consent: AskedConsent
}

export function proposalsOf(view: View, state: CaseState): readonly ProposedMediator[] {
  const found = new Map<ParticipantId, ProposedMediator>()
  for (const place of view.audiences()) {
    for (const { participantId: id, mediator, insteadOf } of proposalsIn(view, place)) {
      if (personIn(state, id) || found.has(id)) continue
      const before = insteadOf === undefined ? undefined : nameIn(state, insteadOf)
      found.set(id, { id, name: mediator.name, before, consent: consentTold(view, state, 'mediators', { id }) })
    }
  }
  return [...found.values()]
}
