import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import {
  agreementConfirmed,
  type CaseBody,
  type CaseMediator,
  type CasePerson,
  caseOpened,
  mediationEnded,
  sessionEnded,
  sessionStarted,
  sideLeft,
} from './case-protocol.ts'

export type CasePhase = 'preparing' | 'in-session' | 'between-sessions' | 'ended'

/** Folded from the audience `case` alone. */
export interface CaseState {
  readonly facts: CaseBody | undefined
  readonly openedAt: number
  readonly phase: CasePhase
  readonly sessionSince: number | undefined
  readonly confirmedAt: Readonly<Record<ParticipantId, number>>
  readonly leftAt: Readonly<Record<SideId, number>>
  readonly ended: { readonly ground: string; readonly at: number } | undefined
}

export const caseFold: Fold<CaseState> = {
  name: 'cases',
  initial: { facts: undefined, openedAt: 0, phase: 'preparing', sessionSince: undefined, confirmedAt: {}, leftAt: {}, ended: undefined },
  evolve(state, event) {
    if (event.audience !== 'case') return state
    if (isEvent(event, caseOpened)) return { ...state, facts: event.body, openedAt: event.at }
    if (isEvent(event, agreementConfirmed)) {
      return event.by === 'system' ? state : { ...state, confirmedAt: { ...state.confirmedAt, [event.by]: event.at } }
    }
    if (isEvent(event, sessionStarted)) return { ...state, phase: 'in-session', sessionSince: event.at }
    if (isEvent(event, sessionEnded)) return { ...state, phase: 'between-sessions', sessionSince: undefined }
    if (isEvent(event, sideLeft)) return { ...state, leftAt: { ...state.leftAt, [event.body.sideId]: event.at } }
    if (isEvent(event, mediationEnded)) {
      return { ...state, phase: 'ended', sessionSince: undefined, ended: { ground: event.body.ground, at: event.at } }
    }
    return state
  },
}

export function personIn(state: CaseState, id: ParticipantId): CasePerson | undefined {
  return state.facts?.people.find((person) => person.id === id)
}

export function mediatorIn(state: CaseState, id: ParticipantId): CaseMediator | undefined {
  return state.facts?.mediator.id === id ? state.facts.mediator : undefined
}

/** The name that the case gives to somebody; a guest cannot type one. */
export function nameIn(state: CaseState, id: ParticipantId): string | undefined {
  return mediatorIn(state, id)?.name ?? personIn(state, id)?.name
}

export function peopleOf(state: CaseState, side: SideId): readonly CasePerson[] {
  return state.facts?.people.filter((person) => person.sideId === side) ?? []
}

/** Position of a side in the case: its colour everywhere. -1 for an unknown side. */
export function sideIndex(state: CaseState, side: SideId): number {
  return state.facts?.sides.findIndex((each) => each.id === side) ?? -1
}
