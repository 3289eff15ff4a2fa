import type { By } from '#shared/kernel/actor.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { recordClosed } from './joint-record-protocol.ts'

/** Folded from the joint session alone. */
export interface JointRecordState {
  readonly closed: { readonly at: number; readonly by: By } | undefined
}

export const jointRecordFold: Fold<JointRecordState> = {
  name: 'joint-record',
  initial: { closed: undefined },
  evolve(state, event) {
    if (event.audience !== 'all' || state.closed || !isEvent(event, recordClosed)) return state
    return { closed: { at: event.at, by: event.by } }
  },
}
