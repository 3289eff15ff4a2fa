import { type Fold, isEvent } from '#shared/log/fold.ts'
import { callEnded, callOpened, callPaused, callResumed } from './calls-protocol.ts'

export type CallStage = 'closed' | 'running' | 'paused'

/** Of the joint call, folded from the joint session alone. */
export interface CallState {
  readonly stage: CallStage
  /** Of the event that brought it there; 0 while there was none. */
  readonly since: number
}

export const callFold: Fold<CallState> = {
  name: 'calls',
  initial: { stage: 'closed', since: 0 },
  evolve(state, event) {
    if (event.audience !== 'all') return state
    if (isEvent(event, callOpened) || isEvent(event, callResumed)) return { stage: 'running', since: event.at }
    if (isEvent(event, callPaused)) return { stage: 'paused', since: event.at }
    if (isEvent(event, callEnded)) return { stage: 'closed', since: event.at }
    return state
  },
}
