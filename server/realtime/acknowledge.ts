// The socket's translator of errors: what a handler returns or throws becomes an Ack; nothing unknown goes out.
import type { ErrorLog } from '#server/http/error-log.ts'
import { isTrouble, knownProblem } from '#server/http/errors.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { Ack } from '#shared/protocol/wire.ts'

type UnknownErrors = Pick<ErrorLog, 'unknown'>

/** What is said of an error; of one that nobody foresaw only an id. */
export function problemOf(errors: UnknownErrors, cause: unknown): Problem {
  const known = knownProblem(cause)
  if (known && !isTrouble(cause)) return known
  const id = errors.unknown(cause, { place: 'socket' })
  return known ?? { kind: 'internal', id }
}

export async function acknowledge<T>(errors: UnknownErrors, reply: unknown, work: () => Promise<T>): Promise<void> {
  const answer: (ack: Ack<T>) => void = typeof reply === 'function' ? (ack) => reply(ack) : () => undefined
  try {
    answer({ ok: true, value: await work() })
  } catch (cause) {
    answer({ ok: false, problem: problemOf(errors, cause) })
  }
}
