// Between a decision's new events, the stored form and the form that readers get.
import * as z from 'zod/mini'
import { sha256Text } from '#server/kernel/digest.ts'
import type { StoredEvent } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { NewEvent } from '#shared/log/decide.ts'
import { digestInput, GENESIS, headerBytes, SALT_BYTES } from '#shared/log/event.ts'
import type { AudienceState, ParsedEvent } from '#shared/log/fold.ts'
import { type EventDefinition, readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { bodyContext, decryptBytes, encryptBytes } from './body-cipher.ts'
import type { AudienceKey } from './derived-keys.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
const bytesOf = (base64url: string): Uint8Array => Buffer.from(base64url, 'base64url')

export interface EncodedEvent {
  readonly stored: StoredEvent
  readonly wire: WireEvent
  readonly parsed: ParsedEvent
}

interface Encoding {
  readonly caseId: CaseId
  readonly head: AudienceState
  readonly epoch: number
  readonly by: By
  readonly at: number
  readonly seen: string
  readonly key: AudienceKey
  readonly entropy: Entropy
}

/** Whether its body can be read again: stored otherwise, it would keep its whole case from being read. */
export function isReadable({ definition, body }: NewEvent): boolean {
  return z.safeParse(definition.body, body).success
}

/** Gives a new event its place in its audience's chain. */
export function encodeEvent(event: NewEvent, { caseId, head, epoch, by, at, seen, key, entropy }: Encoding): EncodedEvent {
  const { audience, definition } = event
  const body = JSON.stringify(event.body)
  const salt = entropy.bytes(SALT_BYTES, `salt ${caseId} ${audience}`)
  const plain = digestInput(salt, body)
  const bodyDigestText = sha256Text(plain)
  const bodyDigest = bytesOf(bodyDigestText)
  const previous = head.seq === 0 ? GENESIS : bytesOf(head.hash)
  const previousText = head.seq === 0 ? text(GENESIS) : head.hash
  const [seq, type, version] = [head.seq + 1, definition.name, definition.version]
  const header = { caseId, audience, epoch, seq, type, version, by, at, seen, bodyDigest, previous }
  const hash = sha256Text(headerBytes(header))
  const encryptedBody = encryptBytes(key.inEpoch(epoch).encryption, plain, bodyContext(caseId, audience, bodyDigest), entropy)
  // Field by field: to copy all of an object but one of its fields takes longer than to hash it.
  const place = { audience, epoch, seq, type, version, by, at, seen }
  return {
    stored: { ...place, bodyDigest, previous, encryptedBody, hash: bytesOf(hash) },
    wire: { caseId, ...place, body, salt: text(salt), bodyDigest: bodyDigestText, previous: previousText, hash },
    parsed: { audience, epoch, seq, type, by, at, hash, body: event.body },
  }
}

function asParsedEvent(wire: WireEvent, body: unknown): ParsedEvent {
  const { audience, epoch, seq, type, by, at, hash } = wire
  return { audience, epoch, seq, type, by, at, hash, body }
}

/** A stored event as its readers get it. Without a key (destroyed) or body it is a tombstone that still verifies. */
export function wireEvent(caseId: CaseId, event: StoredEvent, key: AudienceKey | undefined): WireEvent {
  const { audience, epoch, seq, type, version, by, at, seen, bodyDigest, previous, hash } = event
  const header = { caseId, audience, epoch, seq, type, version, by, at, seen }
  const links = { bodyDigest: text(bodyDigest), previous: text(previous), hash: text(hash) }
  if (!key || !event.encryptedBody) return { ...header, body: null, salt: '', ...links }
  const plain = Buffer.from(decryptBytes(key.inEpoch(epoch).encryption, event.encryptedBody, bodyContext(caseId, audience, bodyDigest)))
  return { ...header, body: plain.toString('utf8', SALT_BYTES), salt: text(plain.subarray(0, SALT_BYTES)), ...links }
}

/** Parses a body by its definition, of whatever version it was written. */
export function parseEvent(wire: WireEvent, definitions: ReadonlyMap<string, EventDefinition>): ParsedEvent {
  if (wire.body === null) return asParsedEvent(wire, undefined)
  const definition = definitions.get(wire.type)
  if (!definition) throw new Error(`event of an unknown type: ${wire.type}`)
  return asParsedEvent(wire, readBody(definition, wire.version, JSON.parse(wire.body)))
}
