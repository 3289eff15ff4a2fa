// The closed list of what can go wrong as the outside sees it. A capability's finer reasons stand in its own protocol file.
export const ERROR_KINDS = [
  'invalid', // the input does not fit its schema
  'unauthenticated', // no session, or it has ended
  'forbidden', // you may know it exists, and may not do this
  'not-found', // it does not exist, or you may not know that it does
  'conflict', // not now: the state of things does not allow it
  'too-large',
  'too-many', // slow down
  'unsupported', // an old client, or a way of asking that is not served
  'unavailable', // try again later: storage full, server stopping
  'internal',
] as const

export type ErrorKind = (typeof ERROR_KINDS)[number]

/** What a person's device gets for anything that was refused; `id` finds the line in the server's log. */
export interface Problem {
  readonly kind: ErrorKind
  /** One of a capability's reasons, `capability/reason`; the client has words for it in three languages. */
  readonly reason?: string
  /** Path of the faulty field in the input, e.g. `sides.0.name`. */
  readonly field?: string
  /** Facts that the words need: names, limits, seconds to wait. Never anything the person may not know. */
  readonly details?: Readonly<Record<string, string | number | readonly string[]>>
  readonly id?: string
}

/** Thrown by a use case, translated once at each edge (HTTP, socket). The message is for the log, never for the outside. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly problem: Problem
  constructor(problem: Problem, options?: { message?: string; cause?: unknown }) {
    super(
      options?.message ?? [problem.kind, problem.reason].filter(Boolean).join(' '),
      options?.cause === undefined ? undefined : { cause: options.cause },
    )
    this.problem = problem
  }
}
