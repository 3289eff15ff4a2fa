import { audienceKind } from '#shared/kernel/audience.ts'
import { type Evolve, isEvent } from '#shared/log/fold.ts'
import type { SafetyState, ShownStatement, StatementState } from './preparation-state.ts'
import { safetyAnswered } from './safety-protocol.ts'
import { statementAllowed, statementFrozen, statementShown, statementWritten } from './statement-protocol.ts'

export const evolveStatement: Evolve<StatementState> = (state, event) => {
  if (audienceKind(event.audience) !== 'direct') return state
  if (isEvent(event, statementWritten)) {
    const { part, text } = event.body
    const next = { ...state, [part]: { text, at: event.at, written: state[part].written + 1 } }
    // Other words than those that were allowed.
    return part === 'all' ? { ...next, isAllowed: false } : next
  }
  if (isEvent(event, statementAllowed)) return { ...state, isAllowed: event.body.allowed }
  return isEvent(event, statementFrozen) ? { ...state, shownAt: event.at } : state
}

export const evolveShownStatements: Evolve<readonly ShownStatement[]> = (state, event) => {
  return event.audience === 'all' && isEvent(event, statementShown) ? [...state, { ...event.body, at: event.at }] : state
}

export const evolveSafety: Evolve<SafetyState> = (state, event) => {
  if (audienceKind(event.audience) !== 'direct' || !isEvent(event, safetyAnswered)) return state
  return { answered: { ...event.body, at: event.at } }
}
