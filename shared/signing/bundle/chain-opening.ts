// How a signers' chain begins in the log, before its first sealed record: the signers enter their audience, and drafting tells them which
// version was frozen. In the first bundle format no seal covers that, so nothing there is believed: it must say what the sealed record says,
// or the chain is none. Later it is covered by the record that closes the chain; the version is compared all the same.
import { versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { type BodyOf, type EventDefinition, readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { hexOf } from '../named-digest.ts'
import type { FrozenRecord } from '../sealed-records.ts'

const OPENING: ReadonlySet<string> = new Set([roomJoined.name, versionFrozen.name])

/** How many events stand before the first record, in the first bundle format. */
export function openingLength(events: readonly WireEvent[]): number {
  const first = events.findIndex((event) => !OPENING.has(event.type))
  return first < 0 ? events.length : first
}

/** The seq of the event that says something else than the sealed record; undefined when all agree. */
export function strayOpening(opening: readonly WireEvent[], frozen: FrozenRecord): number | undefined {
  if (opening.length === 0) return undefined
  const expected = [...frozen.signers.map(() => roomJoined.name), versionFrozen.name]
  const stray = opening.find((event, index) => {
    if (event.type !== expected[index]) return true
    return event.type === versionFrozen.name ? !namesVersion(event, frozen) : joined(event) !== frozen.signers[index]?.participantId
  })
  return stray?.seq ?? (opening.length === expected.length ? undefined : opening.length)
}

/** The seq of an event that tells of the freezing of another version than the sealed record. */
export function otherVersion(events: readonly WireEvent[], frozen: FrozenRecord): number | undefined {
  return events.find((event) => event.type === versionFrozen.name && !namesVersion(event, frozen))?.seq
}

function joined(event: WireEvent): string | undefined {
  const body = bodyOf(event, roomJoined)
  return body && body.grantId === undefined ? body.participantId : undefined
}

function namesVersion(event: WireEvent, frozen: FrozenRecord): boolean {
  const told = bodyOf(event, versionFrozen)
  if (!told) return false
  const { versionId, documentId, revision, textDigest, pdfDigest, textCode, language, signers } = told
  const said = [versionId, documentId, revision, textDigest, pdfDigest, textCode, language, ...signers]
  const digests = [hexOf(frozen.textDigest), hexOf(frozen.pdfDigest)]
  const sealed = [frozen.versionId, frozen.documentId, frozen.revision, ...digests, frozen.textCode, frozen.language]
  return said.join() === [...sealed, ...frozen.signers.map(({ participantId }) => participantId)].join()
}

function bodyOf<E extends EventDefinition>({ body, version }: WireEvent, definition: E): BodyOf<E> | undefined {
  try {
    return readBody(definition as EventDefinition<E['name'], BodyOf<E>>, version, JSON.parse(body ?? 'null'))
  } catch {
    return undefined // not JSON, or no body of this event: says nothing
  }
}
