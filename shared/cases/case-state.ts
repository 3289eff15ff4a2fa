import type { Person } from '#shared/kernel/actor.ts'
import type { CaseId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { guardsMinors, mediates, speaksForSide } from '#shared/kernel/roles.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import {
  agreementConfirmed,
  caseClosed,
  caseOpened,
  type EndingGround,
  mediationEnded,
  mediationResumed,
  mediationSuspended,
  numberCorrected,
  type OpenedBody,
  type SUSPENSION_REASONS,
  sessionEnded,
  sessionStarted,
  sideLeft,
  titleCorrected,
} from './case-protocol.ts'
import { type CasePerson, evolvePeople, type People, peopleFrom } from './people-state.ts'
import type { CasePhase } from './phases.ts'

/** What is known of a case: how it was opened, and its sides and people as they are now. */
export type CaseFacts = Omit<OpenedBody, 'seeded'> & People

/** Folded from the audience `case` alone. */
export interface CaseState {
  readonly facts: CaseFacts | undefined
  readonly openedAt: number
  readonly phase: CasePhase
  /** The session that runs. */
  readonly session: { readonly since: number } | undefined
  /** The mediation pauses; `until`: the day on which it is to go on, as the mediator has said. */
  readonly suspended:
    | { readonly reason: (typeof SUSPENSION_REASONS)[number]; readonly until: string | undefined; readonly at: number }
    | undefined
  readonly confirmedAt: Readonly<Record<ParticipantId, number>>
  readonly leftAt: Readonly<Record<SideId, number>>
  /** How the mediation ended (art. 26). */
  readonly ended: { readonly ground: EndingGround; readonly at: number; readonly sideId?: SideId | undefined } | undefined
}

export const caseFold: Fold<CaseState> = {
  name: 'cases',
  initial: {
    facts: undefined,
    openedAt: 0,
    phase: 'preparing',
    session: undefined,
    suspended: undefined,
    confirmedAt: {},
    leftAt: {},
    ended: undefined,
  },
  evolve(state, event) {
    if (event.audience !== 'case') return state
    if (isEvent(event, caseOpened)) {
      const { seeded, ...facts } = event.body
      return { ...state, facts: { ...facts, ...peopleFrom(seeded) }, openedAt: event.at }
    }
    if (isEvent(event, agreementConfirmed)) {
      return event.by === 'system' ? state : { ...state, confirmedAt: { ...state.confirmedAt, [event.by]: event.at } }
    }
    if (isEvent(event, sessionStarted)) return { ...state, phase: 'mediating', session: { since: event.at } }
    if (isEvent(event, sessionEnded)) return { ...state, session: undefined }
    if (isEvent(event, mediationSuspended))
      return { ...state, suspended: { reason: event.body.reason, until: event.body.until, at: event.at } }
    if (isEvent(event, mediationResumed)) return { ...state, suspended: undefined }
    if (isEvent(event, sideLeft)) return { ...state, leftAt: { ...state.leftAt, [event.body.sideId]: event.at } }
    if (isEvent(event, mediationEnded)) {
      const { ground, sideId } = event.body
      const ended = { ground, at: event.at, ...(sideId === undefined ? {} : { sideId }) }
      return { ...state, phase: ground === 'settled' ? 'performing' : 'closed', session: undefined, suspended: undefined, ended }
    }
    if (isEvent(event, titleCorrected) || isEvent(event, numberCorrected)) {
      return state.facts ? { ...state, facts: { ...state.facts, ...event.body } } : state
    }
    if (isEvent(event, caseClosed)) return { ...state, phase: 'closed', session: undefined }
    const people = state.facts && evolvePeople(state.facts, event)
    return state.facts && people && people !== state.facts ? { ...state, facts: { ...state.facts, ...people } } : state
  },
}

/** Anybody the case knows or once knew, mediators too: what they wrote keeps their name. */
export function personIn(state: Pick<CaseState, 'facts'>, id: ParticipantId): CasePerson | undefined {
  return state.facts?.people.find((person) => person.id === id)
}

/** The actor that policies ask about, as the case knows this person. */
export function actorIn(state: Pick<CaseState, 'facts'>, caseId: CaseId, id: ParticipantId): Person | undefined {
  const person = personIn(state, id)
  return person && { kind: 'person', caseId, id, role: person.role, ...(person.sideId === undefined ? {} : { sideId: person.sideId }) }
}

/** Somebody who is part of the case now. */
export function presentPersonIn(state: CaseState, id: ParticipantId): CasePerson | undefined {
  const person = personIn(state, id)
  return person?.endedAt === undefined ? person : undefined
}

/** The mediators of the case now, the leading one first. */
export function mediatorsOf(state: Pick<CaseState, 'facts'>): readonly CasePerson[] {
  return state.facts?.people.filter((person) => mediates(person) && person.endedAt === undefined) ?? []
}

/** The name that the case gives to somebody; a guest cannot type one. */
export function nameIn(state: Pick<CaseState, 'facts'>, id: ParticipantId): string | undefined {
  return personIn(state, id)?.name
}

/** All who are named with a side now: those who stand on it, and those who are there for them. */
export function peopleOf(state: Pick<CaseState, 'facts'>, side: SideId): readonly CasePerson[] {
  return state.facts?.people.filter((person) => person.sideId === side && person.endedAt === undefined) ?? []
}

/** Those whose word is the side's: its parties and representatives. */
export function speakersOf(state: Pick<CaseState, 'facts'>, side: SideId): readonly CasePerson[] {
  return peopleOf(state, side).filter(speaksForSide)
}

/** Whoever is part of the case now and belongs to no side, mediators aside. */
export function peopleApart(state: Pick<CaseState, 'facts'>): readonly CasePerson[] {
  return state.facts?.people.filter((person) => !mediates(person) && person.sideId === undefined && person.endedAt === undefined) ?? []
}

/** The parties under age who would be in the joint talk with nobody beside them of those whom `there` tells (art. 24(3)). */
export function minorsAlone(state: Pick<CaseState, 'facts' | 'leftAt'>, there: (person: CasePerson) => boolean): readonly CasePerson[] {
  const sides = state.facts?.sides.filter(({ id }) => state.leftAt[id] === undefined) ?? []
  return sides.flatMap(({ id }) => {
    const people = peopleOf(state, id)
    return people.some((person) => guardsMinors(person) && there(person)) ? [] : people.filter(({ minor }) => minor === true)
  })
}

/** Position of a side in the case: its colour everywhere. -1 for an unknown side. */
export function sideIndex(state: CaseState, side: SideId): number {
  return state.facts?.sides.findIndex((each) => each.id === side) ?? -1
}
