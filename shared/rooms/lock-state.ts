import { type Fold, isEvent } from '#shared/log/fold.ts'
import { type LockKind, lockLifted, lockSet } from './lock-protocol.ts'

interface Lock {
  readonly at: number
  readonly followed: boolean
}

/** Folded from any audience: what is locked there. */
export type LocksState = Readonly<Partial<Record<LockKind, Lock>>>

export const locksFold: Fold<LocksState> = {
  name: 'locks',
  initial: {},
  evolve(state, event) {
    if (isEvent(event, lockSet)) return { ...state, [event.body.what]: { at: event.at, followed: event.body.followed ?? false } }
    if (!isEvent(event, lockLifted)) return state
    const { [event.body.what]: _lifted, ...rest } = state
    return rest
  },
}
