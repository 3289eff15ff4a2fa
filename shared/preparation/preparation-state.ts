import { audienceKind } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import type { BodyOf } from '#shared/protocol/define.ts'
import { safetyAnswered } from './safety-protocol.ts'
import { statementAllowed, statementFrozen, statementShown, statementWritten } from './statement-protocol.ts'

interface Written {
  readonly text: string
  readonly at: number
  /** How often it was written. */
  readonly written: number
}

export interface StatementState {
  readonly all: Written
  readonly mediator: Written
  readonly isAllowed: boolean
  readonly shownAt: number | undefined
}

const NOTHING: Written = { text: '', at: 0, written: 0 }

/** One person's opening statement, folded from their own line to the mediator. */
export const statementFold: Fold<StatementState> = {
  name: 'statement',
  initial: { all: NOTHING, mediator: NOTHING, isAllowed: false, shownAt: undefined },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct') return state
    if (isEvent(event, statementWritten)) {
      const { part, text } = event.body
      const next = { ...state, [part]: { text, at: event.at, written: state[part].written + 1 } }
      // Other words than those that were allowed.
      return part === 'all' ? { ...next, isAllowed: false } : next
    }
    if (isEvent(event, statementAllowed)) return { ...state, isAllowed: event.body.allowed }
    return isEvent(event, statementFrozen) ? { ...state, shownAt: event.at } : state
  },
}

export interface ShownStatement {
  readonly participantId: ParticipantId
  readonly text: string
  readonly at: number
}

/** What stands before all, in the order in which it was shown. */
export const shownStatementsFold: Fold<readonly ShownStatement[]> = {
  name: 'shown-statements',
  initial: [],
  evolve(state, event) {
    return event.audience === 'all' && isEvent(event, statementShown) ? [...state, { ...event.body, at: event.at }] : state
  },
}

export interface SafetyState {
  readonly answered: (BodyOf<typeof safetyAnswered> & { readonly at: number }) | undefined
}

export const safetyFold: Fold<SafetyState> = {
  name: 'safety',
  initial: { answered: undefined },
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct' || !isEvent(event, safetyAnswered)) return state
    return { answered: { ...event.body, at: event.at } }
  },
}
