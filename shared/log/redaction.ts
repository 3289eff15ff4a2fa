// Which bodies of an audience are to be gone. What a redaction names is treated as destroyed from the moment it is known, whatever a
// storage still holds of it; whoever verifies a record finds by the same function the bodies that are missing without one.
import type { By } from '#shared/kernel/actor.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { type Fold, isEvent } from './fold.ts'
import { bodyRedacted } from './log-protocol.ts'
import { emptySeqMap, entriesOf, type SeqMap, valueAt, withValue } from './seq-map.ts'

interface Redaction {
  readonly epoch: number
  readonly by: By
  readonly at: number
}

/** By the sequence number of the event whose body is gone. */
type Redactions = SeqMap<Redaction>

export const redactionFold: Fold<Redactions> = {
  name: 'redactions',
  initial: emptySeqMap(),
  evolve(state, event) {
    if (!isEvent(event, bodyRedacted) || event.body.seq >= event.seq || valueAt(state, event.body.seq)) return state
    const { epoch, seq } = event.body
    return withValue(state, seq, { epoch, by: event.by, at: event.at })
  },
  join(older, newer) {
    let joined = newer
    for (const [seq, redaction] of entriesOf(older)) joined = withValue(joined, seq, redaction) // of two the first counts
    return joined
  },
}

export function isRedacted(redactions: Redactions, { epoch, seq }: { readonly epoch: number; readonly seq: number }): boolean {
  return valueAt(redactions, seq)?.epoch === epoch
}

/** The events, of any audiences, without the bodies that one of them takes away. */
export function withoutRedacted(events: readonly WireEvent[]): readonly WireEvent[] {
  const gone = new Set(events.flatMap((event) => namedBy(event) ?? []))
  if (gone.size === 0) return events
  return events.map((event) => (event.body !== null && gone.has(placeOf(event)) ? { ...event, body: null, salt: '' } : event))
}

/** The events of an audience's record whose bodies are missing though no later event there took them away. */
export function nulledEvents(events: readonly WireEvent[]): readonly number[] {
  const gone = new Set(events.flatMap((event) => namedBy(event) ?? []))
  return events.filter((event) => event.body === null && !gone.has(placeOf(event))).map(({ seq }) => seq)
}

function placeOf({ audience, epoch, seq }: Pick<WireEvent, 'audience' | 'epoch' | 'seq'>): string {
  return `${audience} ${epoch} ${seq}`
}

function namedBy({ audience, type, seq, body }: WireEvent): string | undefined {
  if (type !== bodyRedacted.name || body === null) return undefined
  const named = parsed(body)
  return named && named.seq < seq ? placeOf({ audience, epoch: named.epoch, seq: named.seq }) : undefined
}

/** Of any version: what is to be gone stays gone also for a reader of an earlier release. */
function parsed(body: string): { readonly epoch: number; readonly seq: number } | undefined {
  try {
    const { epoch, seq } = JSON.parse(body)
    return typeof epoch === 'number' && typeof seq === 'number' ? { epoch, seq } : undefined
  } catch {
    return undefined // not of our making: a verifier says so by its digest
  }
}
