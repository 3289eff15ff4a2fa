// The event's header and how it is hashed: the bytes here are what every verifier, ours and others', must make again.
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { writeUtf8 } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'

interface EventHeader {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly epoch: number
  readonly seq: number
  readonly type: string
  readonly version: number
  readonly by: By
  readonly at: number
  readonly seen: string
  readonly bodyDigest: Uint8Array
  readonly previous: Uint8Array
}

export const SALT_BYTES = 16
export const GENESIS = new Uint8Array(32)

/** What the body's digest is taken over: salt, then the body's UTF-8. The salt keeps a short text from being guessed by its digest. */
export function digestInput(salt: Uint8Array, body: string): Uint8Array<ArrayBuffer> {
  const bytes = scratchOf(salt.length + body.length * 3)
  bytes.set(salt)
  return bytes.slice(0, writeUtf8(bytes, salt.length, body))
}

/** The header as bytes: each field as a 32-bit big-endian length and its UTF-8, numbers in decimal, digests raw, in this order. */
export function headerBytes(header: EventHeader): Uint8Array<ArrayBuffer> {
  return lengthPrefixed(
    'bitim-event/1',
    header.caseId,
    header.audience,
    String(header.epoch),
    String(header.seq),
    header.type,
    String(header.version),
    header.by,
    String(header.at),
    header.seen,
    header.bodyDigest,
    header.previous,
  )
}

/** Fields that cannot run into one another: each preceded by its length in bytes, texts as UTF-8. */
export function lengthPrefixed(...fields: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  let room = 0
  // No UTF-16 unit needs more than three bytes.
  for (const field of fields) room += 4 + (typeof field === 'string' ? field.length * 3 : field.length)
  const bytes = scratchOf(room)
  let at = 0
  for (const field of fields) {
    const from = at + 4
    if (typeof field === 'string') at = writeUtf8(bytes, from, field)
    else {
      bytes.set(field, from)
      at = from + field.length
    }
    const length = at - from
    bytes[from - 4] = length >>> 24
    bytes[from - 3] = length >>> 16
    bytes[from - 2] = length >>> 8
    bytes[from - 1] = length
  }
  return bytes.slice(0, at)
}

/** Room to write in, the same each time: what is answered is always a copy. Fresh room for each event costs more than to fill it. */
let scratch = new Uint8Array(4096)
function scratchOf(bytes: number): Uint8Array<ArrayBuffer> {
  if (scratch.length < bytes) scratch = new Uint8Array(bytes * 2)
  return scratch
}

/** How a person's knowledge stands in the header: `epoch:seq:hash`, '' for an event that was not sent by a person's device. */
export function seenText(seen: { epoch: number; seq: number; hash: string } | undefined): string {
  return seen ? `${seen.epoch}:${seen.seq}:${seen.hash}` : ''
}
