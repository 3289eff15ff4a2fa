import { Unreachable } from '#client/http/unreachable.ts'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { AppError } from '#shared/kernel/errors.ts'

/** What to say of an exception on a screen. Code that cannot be fetched is a lost connection or a new version, not a fault. */
export function faultOf(error: unknown): ShownProblem {
  if (error instanceof AppError && error.problem.kind === 'unsupported') return { kind: 'unsupported' }
  return error instanceof Unreachable || isFetchFault(error) ? { kind: 'offline' } : { kind: 'internal' }
}

/** Browsers say in words of their own that code, or the styles of it, could not be fetched. */
export function isFetchFault(error: unknown): boolean {
  return error instanceof Error && /import|fetch|load/i.test(error.message)
}
