// Names that were corrected in a case: what was, what is, and when. For the server alone, which tells it on the certificate of completion.
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { caseOpened } from './case-protocol.ts'
import { personAdded, personCorrected } from './people-protocol.ts'
import { peopleFrom } from './people-state.ts'

interface NameCorrection {
  readonly participantId: ParticipantId
  readonly was: string
  readonly is: string
  readonly at: number
}

interface CorrectionsState {
  /** As they are now. */
  readonly names: Readonly<Record<ParticipantId, string>>
  readonly corrections: readonly NameCorrection[]
}

export const correctionsFold: Fold<CorrectionsState> = {
  name: 'name-corrections',
  initial: { names: {}, corrections: [] },
  evolve(state, event) {
    if (event.audience !== 'case') return state
    if (isEvent(event, caseOpened)) {
      const { people } = peopleFrom(event.body.seeded)
      return people.reduce((each, { id, name }) => named(each, id, name), state)
    }
    // Somebody who comes back under another name has been corrected as well.
    if (isEvent(event, personAdded)) return corrected(state, event.body.id, event.body.name, event.at)
    if (isEvent(event, personCorrected)) return corrected(state, event.body.participantId, event.body.name, event.at)
    return state
  },
}

function named(state: CorrectionsState, id: ParticipantId, name: string): CorrectionsState {
  return { ...state, names: { ...state.names, [id]: name } }
}

function corrected(state: CorrectionsState, participantId: ParticipantId, is: string, at: number): CorrectionsState {
  const was = state.names[participantId]
  const next = named(state, participantId, is)
  return was === undefined || was === is ? next : { ...next, corrections: [...state.corrections, { participantId, was, is, at }] }
}
