import { defineFact } from '#shared/log/decide.ts'

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
