// Whatever nobody foresaw, in the server's own log: by kind and place, under an id. The id alone may go out.
import { unlessClosing } from '#server/workers/task.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { errorForLog, type Log } from './log.ts'

export interface ErrorLog {
  /** `place`: the part of the server that it came from, named in code; `id`: by default a new one. Returns the id. */
  unknown(cause: unknown, at: { readonly place: string; readonly id?: string }): string
  /** For work in the background, which may meet a server that is closing. */
  in(place: string): (cause: unknown) => void
}

interface Deps {
  readonly log: Pick<Log, 'error'>
  readonly entropy: Entropy
}

export function makeErrorLog({ log, entropy }: Deps): ErrorLog {
  const unknown: ErrorLog['unknown'] = (cause, { place, id = base64url(entropy.bytes(9, 'error')) }) => {
    log.error({ id, place, error: errorForLog(cause) }, 'unexpected error')
    return id
  }
  return { unknown, in: (place) => unlessClosing((cause) => void unknown(cause, { place })) }
}
