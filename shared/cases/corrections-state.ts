// What was corrected in a case: what was, what is, and when. Everybody in the case may see all of it; the certificate of completion tells
// the names of signers.
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { caseOpened, numberCorrected, titleCorrected } from './case-protocol.ts'
import { personAdded, personCorrected } from './people-protocol.ts'
import { peopleFrom } from './people-state.ts'

interface Changed {
  /** Empty where there was none. */
  readonly was: string
  readonly is: string
  readonly at: number
}

interface NameCorrection extends Changed {
  readonly participantId: ParticipantId
}

export interface Correction extends Changed {
  readonly what: 'name' | 'authority' | 'title' | 'number'
  /** Whose name or power to act. */
  readonly participantId?: ParticipantId | undefined
}

interface Known {
  readonly name: string
  readonly authority: string
}

interface CorrectionsState {
  /** As they are now. */
  readonly title: string
  readonly number: string
  readonly people: Readonly<Record<ParticipantId, Known>>
  /** Of names alone, in their order. */
  readonly corrections: readonly NameCorrection[]
  /** All of them, in their order. */
  readonly all: readonly Correction[]
}

export const correctionsFold: Fold<CorrectionsState> = {
  name: 'corrections',
  initial: { title: '', number: '', people: {}, corrections: [], all: [] },
  evolve(state, event) {
    if (event.audience !== 'case') return state
    if (isEvent(event, caseOpened)) {
      const { title, number = '', seeded } = event.body
      const { people } = peopleFrom(seeded)
      return people.reduce((each, { id, ...person }) => knowing(each, id, knownOf(person)), { ...state, title, number })
    }
    if (isEvent(event, titleCorrected)) {
      const { title } = event.body
      return { ...state, title, all: [...state.all, { what: 'title', was: state.title, is: title, at: event.at }] }
    }
    if (isEvent(event, numberCorrected)) {
      const { number } = event.body
      return { ...state, number, all: [...state.all, { what: 'number', was: state.number, is: number, at: event.at }] }
    }
    // Somebody who comes back under another name has been corrected as well.
    if (isEvent(event, personAdded)) return corrected(state, event.body.id, knownOf(event.body), event.at)
    if (isEvent(event, personCorrected)) return corrected(state, event.body.participantId, knownOf(event.body), event.at)
    return state
  },
}

function knownOf({ name, authority = '' }: { readonly name: string; readonly authority?: string | undefined }): Known {
  return { name, authority }
}

function knowing(state: CorrectionsState, id: ParticipantId, known: Known): CorrectionsState {
  return { ...state, people: { ...state.people, [id]: known } }
}

function corrected(state: CorrectionsState, participantId: ParticipantId, now: Known, at: number): CorrectionsState {
  const before = state.people[participantId]
  const next = knowing(state, participantId, now)
  if (!before) return next
  const changes = (['name', 'authority'] as const).flatMap((what) =>
    before[what] === now[what] ? [] : [{ what, participantId, was: before[what], is: now[what], at }],
  )
  const names = changes.flatMap(({ what, ...change }) => (what === 'name' ? [change] : []))
  return { ...next, corrections: [...state.corrections, ...names], all: [...state.all, ...changes] }
}
