import { readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { chainSealed, releaseSealed } from '#shared/signing/chain-protocol.ts'
import type { ClosingRecord } from '#shared/signing/sealed-records.ts'

export interface ClosedChain {
  readonly events: readonly WireEvent[]
  readonly closing: ClosingRecord | undefined
}

/**
 * A released chain as its bundle carries it: the events up to the release, and the record that closes them without the event that brought
 * it, whose own header no seal could cover. What stands behind, such as somebody's leaving, is no part of the agreement.
 */
export function closedChain(events: readonly WireEvent[]): ClosedChain {
  const release = events.findIndex(({ type }) => type === releaseSealed.name)
  const closing = events.find(({ type }) => type === chainSealed.name)
  return {
    events: release < 0 ? events : events.slice(0, release + 1),
    closing: closing && readBody(chainSealed, closing.version, JSON.parse(closing.body ?? '')),
  }
}
