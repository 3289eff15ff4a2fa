// The event's header and how it is hashed: the bytes here are what every verifier, ours and others', must make again.
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'

export interface EventHeader {
  readonly caseId: CaseId
  readonly audience: Audience
  readonly epoch: number
  readonly m: number
  readonly type: string
  readonly version: number
  readonly by: By
  readonly at: number
  readonly seen: string
  readonly bodyDigest: Uint8Array
  readonly previous: Uint8Array
}

export type Sha256 = (bytes: Uint8Array) => Uint8Array

export const SALT_BYTES = 16
export const GENESIS = new Uint8Array(32)

/** What the body's digest is taken over: salt, then the body's UTF-8. The salt keeps a short text from being guessed by its digest. */
export function digestInput(salt: Uint8Array, body: string): Uint8Array<ArrayBuffer> {
  return concat(salt, utf8(body))
}

/** The header as bytes: each field as a 32-bit big-endian length and its UTF-8, numbers in decimal, digests raw, in this order. */
export function headerBytes(header: EventHeader): Uint8Array<ArrayBuffer> {
  return lengthPrefixed(
    utf8('bitim-event/1'),
    utf8(header.caseId),
    utf8(header.audience),
    utf8(String(header.epoch)),
    utf8(String(header.m)),
    utf8(header.type),
    utf8(String(header.version)),
    utf8(header.by),
    utf8(String(header.at)),
    utf8(header.seen),
    header.bodyDigest,
    header.previous,
  )
}

/** Fields that cannot run into one another: each preceded by its length. */
export function lengthPrefixed(...fields: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  for (const field of fields) {
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, field.length)
    parts.push(length, field)
  }
  return concat(...parts)
}

/** How a person's knowledge stands in the header: `epoch:m:hash`, '' for an event that was not sent by a person's device. */
export function seenText(seen: { epoch: number; m: number; hash: string } | undefined): string {
  return seen ? `${seen.epoch}:${seen.m}:${seen.hash}` : ''
}
