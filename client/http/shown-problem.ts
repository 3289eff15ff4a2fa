import type { ShownProblem } from '#client/ui/problem-words.ts'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import { Unreachable } from './unreachable.ts'

/** The number finds the line in the server's log; where the person can mend it themselves it would only frighten. */
function withoutNumber(problem: Problem): Problem {
  if (problem.kind === 'internal' || problem.kind === 'unavailable' || problem.kind === 'unsupported') return problem
  const { id: _id, ...rest } = problem
  return rest
}

/** What a screen shows of anything that a call threw. What is neither a refusal nor a lost connection is a fault of this page. */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof AppError) return withoutNumber(error.problem)
  if (error instanceof Unreachable) return { kind: 'offline' }
  return { kind: 'internal' }
}
