// Checks one audience's record: nothing changed, removed, reordered or, against a head kept elsewhere, cut off.
import { base64url, equalBytes, fromBase64url } from '#shared/kernel/bytes.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { digestInput, GENESIS, headerBytes } from './event.ts'
import { nulledEvents } from './redaction.ts'

export type ChainFault =
  | { readonly fault: 'missing'; readonly seq: number }
  | { readonly fault: 'foreign'; readonly seq: number }
  | { readonly fault: 'body-changed'; readonly seq: number }
  | { readonly fault: 'header-changed'; readonly seq: number }
  | { readonly fault: 'not-linked'; readonly seq: number }
  | { readonly fault: 'cut-off'; readonly seq: number }
  | { readonly fault: 'malformed'; readonly seq: number }
  /** Its body is missing, and nothing in the record took it away. */
  | { readonly fault: 'nulled'; readonly seq: number }

export interface ChainHead {
  readonly seq: number
  /** base64url */
  readonly hash: string
}

type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array

/**
 * Events of one audience from seq = 1, as they were sent. A missing body (null) is accepted where a later event redacts it, and where all are
 * missing: the audience's key was destroyed.
 * `head` is a (seq, hash) kept elsewhere: a record that ends before it, or has another hash there, is named.
 */
export async function verifyChain(events: readonly WireEvent[], digest: Digest, head?: ChainHead): Promise<ChainFault | undefined> {
  let previous: Uint8Array = GENESIS
  for (const [index, event] of events.entries()) {
    const seq = index + 1
    if (event.seq !== seq) return { fault: 'missing', seq }
    if (event.caseId !== events[0]?.caseId || event.audience !== events[0]?.audience) return { fault: 'foreign', seq }
    const read = decode(event)
    if (!read) return { fault: 'malformed', seq }
    if (event.body !== null && !equalBytes(await digest(digestInput(read.salt, event.body)), read.bodyDigest))
      return { fault: 'body-changed', seq }
    if (!equalBytes(read.previous, previous)) return { fault: 'not-linked', seq }
    const hash = await digest(headerBytes({ ...event, bodyDigest: read.bodyDigest, previous: read.previous }))
    if (!equalBytes(hash, read.hash)) return { fault: 'header-changed', seq }
    if (head?.seq === seq && head.hash !== base64url(hash)) return { fault: 'header-changed', seq }
    previous = hash
  }
  if (head && head.seq > events.length) return { fault: 'cut-off', seq: events.length + 1 }
  const nulled = events.every(({ body }) => body === null) ? undefined : nulledEvents(events)[0]
  return nulled === undefined ? undefined : { fault: 'nulled', seq: nulled }
}

function decode(event: WireEvent) {
  try {
    return {
      salt: fromBase64url(event.salt),
      bodyDigest: fromBase64url(event.bodyDigest),
      previous: fromBase64url(event.previous),
      hash: fromBase64url(event.hash),
    }
  } catch {
    return undefined // not base64url: named by the caller
  }
}
