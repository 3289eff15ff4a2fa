// The one translator from anything thrown to an HTTP answer. What is not ours to explain is logged under an id and answered without detail.
import type { ErrorRequestHandler, Response } from 'express'
import { WorkerFailure, workerFailureIn } from '#server/workers/task.ts'
import { AppError, type ErrorKind, type Problem } from '#shared/kernel/errors.ts'
import type { ErrorLog } from './error-log.ts'
import { errorForLog, type Log } from './log.ts'

const STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  unsupported: 415,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorKind, number>

export function translateErrors(log: Log, errors: ErrorLog): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, _next) => {
    const id = requestIdOf(response)
    const problem = problemOf(error)
    if (response.headersSent) {
      // Whatever was sent of it must not look like all of it.
      errors.unknown(error, { id, place: 'an answer that broke off' })
      response.destroy()
      return
    }
    if (problem.kind === 'internal' || isTrouble(error)) errors.unknown(error, { id, place: 'http' })
    else if (problem.kind === 'unavailable' && waitOf(problem) === undefined)
      log.warn({ id, reason: problem.reason, error: errorForLog(error) }, 'unavailable')
    sendProblem(response, problem)
  }
}

export function sendProblem(response: Response, problem: Problem): void {
  const seconds = waitOf(problem)
  if (seconds !== undefined) response.setHeader('Retry-After', String(seconds))
  if (problem.kind === 'unauthenticated') response.setHeader('WWW-Authenticate', 'Bearer')
  response.status(STATUS[problem.kind]).json({ ...problem, id: requestIdOf(response) })
}

/** Seconds after which it is worth asking again. */
function waitOf({ kind, details }: Problem): number | undefined {
  const seconds = kind === 'too-many' || kind === 'unavailable' ? details?.seconds : undefined
  return typeof seconds === 'number' ? seconds : undefined
}

export function requestIdOf(response: Response): string {
  return String(response.locals.requestId ?? '')
}

export function problemOf(error: unknown): Problem {
  return knownProblem(error) ?? transportProblem(error) ?? { kind: 'internal' }
}

/** For both edges: what is ours to explain. */
export function knownProblem(error: unknown): Problem | undefined {
  if (error instanceof AppError) return error.problem
  return error instanceof WorkerFailure && !error.isOwnFault ? { kind: 'unavailable' } : undefined
}

/** For both edges: what goes into the error log, though whoever asked is told no more than to come again. */
export function isTrouble(error: unknown): boolean {
  const failure = workerFailureIn(error)
  return failure !== undefined && !failure.isPutOff
}

/** Faults that express and its body parser throw before any route runs. */
function transportProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const status = 'status' in error ? error.status : undefined
  if (status === 413) return { kind: 'too-large' }
  if (status === 415) return { kind: 'unsupported' }
  // Broken JSON, a path that is not UTF-8, a length that does not match.
  if (status === 400 || error instanceof URIError) return { kind: 'invalid' }
  return undefined
}
