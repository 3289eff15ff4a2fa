import { caseFold } from '#shared/cases/case-state.ts'
import type { View } from '#shared/log/decide.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { lineInterrupted, lineRestored } from './line-protocol.ts'

/** Folded from the joint room. */
interface LineState {
  readonly interruptedAt: number | undefined
}

export const lineFold: Fold<LineState> = {
  name: 'line',
  initial: { interruptedAt: undefined },
  evolve(state, event) {
    if (event.audience !== 'all') return state
    if (isEvent(event, lineInterrupted)) return { interruptedAt: event.at }
    return isEvent(event, lineRestored) ? { interruptedAt: undefined } : state
  },
}

/** No mediator has a connection, in a session: the joint talk waits for them. Without a session it waits anyway. */
export function isLineInterrupted(view: View): boolean {
  const session = view.state(caseFold, 'case')?.session
  return session !== undefined && view.state(lineFold, 'all')?.interruptedAt !== undefined
}
