// How a signers' chain begins in the log, before its first sealed record: the signers enter their audience, and drafting tells them which
// version was frozen. Nothing there is believed: it must say what the sealed record says, or the chain is none.
import * as z from 'zod/mini'
import { versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import type { FrozenRecord } from '../sealed-records.ts'

const OPENING: ReadonlySet<string> = new Set([roomJoined.name, versionFrozen.name])

/** How many events stand before the first record. */
export function openingLength(events: readonly WireEvent[]): number {
  const first = events.findIndex((event) => !OPENING.has(event.type))
  return first < 0 ? events.length : first
}

/** The m of the event that says something else than the sealed record; undefined when all agree. */
export function strayOpening(opening: readonly WireEvent[], frozen: FrozenRecord): number | undefined {
  if (opening.length === 0) return undefined
  const expected = [...frozen.signers.map(() => roomJoined.name), versionFrozen.name]
  const stray = opening.find((event, index) => {
    if (event.type !== expected[index]) return true
    return event.type === versionFrozen.name ? !namesVersion(event, frozen) : joined(event) !== frozen.signers[index]?.participantId
  })
  return stray?.m ?? (opening.length === expected.length ? undefined : opening.length)
}

function joined(event: WireEvent): string | undefined {
  const body = z.safeParse(roomJoined.body, bodyOf(event))
  return body.success ? body.data.participantId : undefined
}

function namesVersion(event: WireEvent, frozen: FrozenRecord): boolean {
  const body = z.safeParse(versionFrozen.body, bodyOf(event))
  if (!body.success) return false
  const { versionId, u, textDigest, pdfDigest, textCode, language, signers } = body.data
  const said = [versionId, u, textDigest, pdfDigest, textCode, language, ...signers]
  const sealed = [frozen.versionId, frozen.u, frozen.textDigest, frozen.pdfDigest, frozen.textCode, frozen.language]
  return said.join() === [...sealed, ...frozen.signers.map(({ participantId }) => participantId)].join()
}

function bodyOf({ body }: WireEvent): unknown {
  try {
    return JSON.parse(body ?? 'null')
  } catch {
    return undefined // not JSON: says nothing
  }
}
