import type { ShownProblem } from '#client/ui/problem-words.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { Unreachable } from './unreachable.ts'

/** What a screen shows of anything that a call threw. What is neither a refusal nor a lost line is a fault of this page. */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof AppError) return error.problem
  if (error instanceof Unreachable) return { kind: 'offline' }
  return { kind: 'internal' }
}
