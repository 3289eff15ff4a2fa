import { defineFact } from '#shared/log/decide.ts'
import type { ClosingFault } from './closing/closing-fault.ts'

/** Where the draft stands; everybody in the joint session may know it. */
export interface DraftHead {
  /** Number of the last edit. */
  readonly revision: number
  /** Raised each time a frozen text is opened again. */
  readonly generation: number
}

/** The numbers of the settlement's saved states. */
export const savedStatesFact = defineFact<readonly number[]>('saved-states')

export const draftHeadFact = defineFact<DraftHead>('draft-head')

/** What stands in the way of closing the text, and of which text it was said. */
export interface ClosingCheck {
  readonly revision: number
  readonly faults: readonly ClosingFault[]
}

export const closingFact = defineFact<ClosingCheck>('closing-faults')
