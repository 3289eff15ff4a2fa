// Turns an event of the wire into what folds read: the edge where bodies are parsed.
import type { ParsedEvent } from '#shared/log/fold.ts'
import { type EventDefinition, readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

type ReadEvent =
  | { readonly kind: 'read'; readonly event: ParsedEvent }
  /** Of tomorrow's kind or version: the chain goes on, its meaning waits for a newer client. */
  | { readonly kind: 'unknown'; readonly event: ParsedEvent }

export function readEvent(event: WireEvent, definitions: ReadonlyMap<string, EventDefinition>): ReadEvent {
  const { audience, epoch, seq, type, by, at, hash } = event
  const parsed = (body: unknown): ParsedEvent => ({ audience, epoch, seq, type, by, at, hash, body })
  if (event.body === null) return { kind: 'read', event: parsed(undefined) }
  const definition = definitions.get(type)
  if (!definition || event.version > definition.version) return { kind: 'unknown', event: parsed(undefined) }
  try {
    return { kind: 'read', event: parsed(readBody(definition, event.version, JSON.parse(event.body))) }
  } catch {
    return { kind: 'unknown', event: parsed(undefined) } // a body that fits no version we know: as good as of another kind
  }
}
