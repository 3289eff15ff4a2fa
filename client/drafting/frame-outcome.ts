import type { Problem } from '#shared/kernel/errors.ts'

/**
 * What to do when the server did not take an edit. `wait`: the text is being closed, its end is announced. `retry`: the same again
 * later. `rejoin`: find out first where the text stands. `give-up`: it will never be taken; keep its words for copying.
 */
type FrameOutcome = 'wait' | 'retry' | 'rejoin' | 'give-up'

const OUTCOMES: Readonly<Record<string, FrameOutcome>> = {
  'drafting/closed': 'wait',
  'drafting/other-generation': 'rejoin',
  'drafting/not-joined': 'rejoin',
  'drafting/no-session': 'retry',
  'drafting/not-saved': 'retry',
  'drafting/too-fast': 'retry',
  'drafting/malformed': 'give-up',
  'drafting/misplaced': 'give-up',
  'drafting/too-tangled': 'give-up',
  'drafting/share-full': 'give-up',
  'drafting/foreign-author': 'give-up',
  'drafting/gap': 'give-up',
  'drafting/edit-too-large': 'give-up',
  'drafting/text-full': 'give-up',
}

export function outcomeOf(problem: Problem): FrameOutcome {
  return OUTCOMES[problem.reason ?? ''] ?? 'retry'
}

/** What this device itself refuses to send, in the server's words. */
export const EDIT_TOO_LARGE: Problem = { kind: 'too-large', reason: 'drafting/edit-too-large' }
export const NOT_TAKEN: Problem = { kind: 'invalid', reason: 'drafting/malformed' }
/** What this device takes into no text. */
export const WORDS_ALONE: Problem = { kind: 'invalid', reason: 'drafting/words-alone' }
