// Turns an event of the wire into what folds read: the edge where bodies are parsed.
import type { Happened } from '#shared/log/fold.ts'
import { type EventDefinition, readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

type ReadEvent =
  | { readonly kind: 'read'; readonly event: Happened }
  /** Of tomorrow's kind or version: the chain goes on, its meaning waits for a newer client. */
  | { readonly kind: 'unknown'; readonly event: Happened }

export function readEvent(event: WireEvent, definitions: ReadonlyMap<string, EventDefinition>): ReadEvent {
  const { audience, epoch, m, type, by, at, hash } = event
  const happened = (body: unknown): Happened => ({ audience, epoch, m, type, by, at, hash, body })
  if (event.body === null) return { kind: 'read', event: happened(undefined) }
  const definition = definitions.get(type)
  if (!definition || event.version > definition.version) return { kind: 'unknown', event: happened(undefined) }
  try {
    return { kind: 'read', event: happened(readBody(definition, event.version, JSON.parse(event.body))) }
  } catch {
    return { kind: 'unknown', event: happened(undefined) } // a body that fits no version we know: as good as of another kind
  }
}
