import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Slice } from '#shared/log/fold.ts'
import type { BodyOf } from '#shared/protocol/define.ts'
import type { safetyAnswered } from './safety-protocol.ts'

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
export const statementFold: Slice<StatementState> = {
  name: 'statement',
  initial: { all: NOTHING, mediator: NOTHING, isAllowed: false, shownAt: undefined },
}

export interface ShownStatement {
  readonly participantId: ParticipantId
  readonly text: string
  readonly at: number
}

/** What stands before all, in the order in which it was shown. */
export const shownStatementsFold: Slice<readonly ShownStatement[]> = {
  name: 'shown-statements',
  initial: [],
}

export interface SafetyState {
  readonly answered: (BodyOf<typeof safetyAnswered> & { readonly at: number }) | undefined
}

export const safetyFold: Slice<SafetyState> = {
  name: 'safety',
  initial: { answered: undefined },
}
