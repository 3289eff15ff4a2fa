// Where an invited person stands between their link and the room. The field for the code stays whatever happened to the code:
// the mediator makes a new one while both are on the telephone.
import type { ShownProblem } from '#client/ui/problem-words.ts'
import type { Locale } from '#shared/kernel/locale.ts'

/** What became of the last code; each has its own words. */
export type CodeNotice =
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'locked' | 'used' | 'expired' | 'missing' }
  | { readonly kind: 'problem'; readonly problem: ShownProblem }

export type JoinState =
  | { readonly kind: 'no-link' }
  | { readonly kind: 'looking' }
  /** Mistyped, replaced or revoked: which of them, nobody is told. */
  | { readonly kind: 'unknown-link' }
  | { readonly kind: 'unreachable'; readonly problem: ShownProblem }
  | { readonly kind: 'code'; readonly mediatorName: string; readonly notice: CodeNotice | undefined }

interface Look {
  readonly mediatorName: string
  readonly language: Locale
}

export function looked(look: Look): JoinState {
  return { kind: 'code', mediatorName: look.mediatorName, notice: undefined }
}

export function lookRefused(problem: ShownProblem): JoinState {
  // a link with a letter too many or too few does not even look like one
  return isUnknown(problem) || problem.kind === 'invalid' ? { kind: 'unknown-link' } : { kind: 'unreachable', problem }
}

export function codeRefused(state: JoinState, problem: ShownProblem): JoinState {
  if (state.kind !== 'code') return state
  if (isUnknown(problem)) return { kind: 'unknown-link' }
  return { ...state, notice: noticeOf(problem) }
}

function isUnknown({ kind, reason }: ShownProblem): boolean {
  return reason === 'identity/link-unknown' || kind === 'not-found'
}

function noticeOf(problem: ShownProblem): CodeNotice {
  switch (problem.reason) {
    case 'identity/wrong-code': {
      const left = problem.details?.left
      return { kind: 'wrong', left: typeof left === 'number' ? left : 0 }
    }
    case 'identity/code-locked':
      return { kind: 'locked' }
    case 'identity/code-used':
      return { kind: 'used' }
    case 'identity/code-expired':
      return { kind: 'expired' }
    case 'identity/code-missing':
      return { kind: 'missing' }
    default:
      return { kind: 'problem', problem }
  }
}
