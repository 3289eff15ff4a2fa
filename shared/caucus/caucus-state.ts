import { audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { type CALL_REASONS, callAnswered, caucusEnded, caucusEntered, caucusInvited, mediatorCalled } from './caucus-protocol.ts'

type CaucusStage =
  | { readonly stage: 'closed' }
  | { readonly stage: 'invited'; readonly at: number }
  | { readonly stage: 'open'; readonly at: number; readonly entered: Readonly<Record<ParticipantId, CaucusEntry>> }

interface CaucusEntry {
  readonly at: number
  readonly company: 'alone' | 'accompanied'
  readonly companions: string | undefined
}

interface MediatorCall {
  readonly by: ParticipantId
  readonly at: number
  readonly reason: (typeof CALL_REASONS)[number]
}

/** Folded from a side's audience alone. */
export interface CaucusState {
  readonly caucus: CaucusStage
  /** Who of this side asks for the mediator, until the mediator answers or invites. */
  readonly call: MediatorCall | undefined
}

export const caucusFold: Fold<CaucusState> = {
  name: 'caucus',
  initial: { caucus: { stage: 'closed' }, call: undefined },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'side') return state
    if (isEvent(event, caucusInvited)) return { caucus: { stage: 'invited', at: event.at }, call: undefined }
    if (isEvent(event, caucusEntered) && event.by !== 'system' && state.caucus.stage !== 'closed') {
      const entry: CaucusEntry = { at: event.at, company: event.body.company, companions: event.body.companions }
      const before = state.caucus.stage === 'open' ? state.caucus : { at: event.at, entered: {} }
      return { ...state, caucus: { stage: 'open', at: before.at, entered: { ...before.entered, [event.by]: entry } } }
    }
    if (isEvent(event, caucusEnded)) return { ...state, caucus: { stage: 'closed' } }
    if (isEvent(event, mediatorCalled) && event.by !== 'system')
      return { ...state, call: { by: event.by, at: event.at, reason: event.body.reason } }
    if (isEvent(event, callAnswered)) return { ...state, call: undefined }
    return state
  },
}
