import { type Evolve, isEvent } from '#shared/log/fold.ts'
import { callEnded, callOpened, callPaused, callResumed } from './calls-protocol.ts'
import type { CallState } from './calls-state.ts'

export const evolveCall: Evolve<CallState> = (state, event) => {
  if (event.audience !== 'all') return state
  if (isEvent(event, callOpened) || isEvent(event, callResumed)) return { stage: 'running', since: event.at }
  if (isEvent(event, callPaused)) return { stage: 'paused', since: event.at }
  if (isEvent(event, callEnded)) return { stage: 'closed', since: event.at }
  return state
}
