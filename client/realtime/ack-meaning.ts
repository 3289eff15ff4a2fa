// Which answers settle what was asked, and which only say "not now".
import type { ErrorKind } from '#shared/kernel/errors.ts'
import type { Ack } from '#shared/protocol/wire.ts'

export type Meaning = { readonly kind: 'settled' } | { readonly kind: 'later'; readonly after: number }

const LATER: Readonly<Partial<Record<ErrorKind, number>>> = {
  unavailable: 4_000,
  'too-many': 8_000,
  internal: 8_000,
  unauthenticated: 4_000, // the connection is about to be closed and opened with another token
}

export function meaningOf(ack: Ack<unknown>): Meaning {
  if (ack.ok) return { kind: 'settled' }
  const seconds = ack.problem.details?.seconds
  const after = LATER[ack.problem.kind]
  if (after === undefined) return { kind: 'settled' }
  return { kind: 'later', after: typeof seconds === 'number' ? Math.max(1_000, seconds * 1_000) : after }
}
