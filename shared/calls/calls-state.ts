import type { Slice } from '#shared/log/fold.ts'

export type CallStage = 'closed' | 'running' | 'paused'

/** Of the joint call, folded from the joint session alone. */
export interface CallState {
  readonly stage: CallStage
  /** Of the event that brought it there; 0 while there was none. */
  readonly since: number
}

export const callFold: Slice<CallState> = {
  name: 'calls',
  initial: { stage: 'closed', since: 0 },
}
