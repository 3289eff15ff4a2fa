// The events that became durable together, gathered by audience: one frame for each, in the order in which each audience first appears.
// What belongs to one audience is never parted by what belongs to another: how its frames are cut says nothing of anybody else's.
import type { Audience } from '#shared/kernel/audience.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

/** A frame beyond is sent as several, so that a slow device has something to show meanwhile. */
export const MAX_FRAME_EVENTS = 100
const MAX_FRAME_CHARS = 64 * 1024

export interface EventFrames {
  add(event: WireEvent): void
  /** What was gathered of this audience goes out: its readers are about to change. */
  flush(audience: Audience): void
  flushAll(): void
}

export function makeEventFrames(send: (audience: Audience, events: readonly WireEvent[]) => void): EventFrames {
  const gathered = new Map<Audience, { events: WireEvent[]; chars: number }>()

  function flush(audience: Audience): void {
    const frame = gathered.get(audience)
    gathered.delete(audience)
    if (frame) send(audience, frame.events)
  }

  return {
    add(event) {
      const frame = gathered.get(event.audience) ?? { events: [], chars: 0 }
      gathered.set(event.audience, frame)
      frame.events.push(event)
      frame.chars += event.body?.length ?? 0
      if (frame.events.length >= MAX_FRAME_EVENTS || frame.chars > MAX_FRAME_CHARS) flush(event.audience)
    },
    flush,
    flushAll() {
      for (const audience of [...gathered.keys()]) flush(audience)
    },
  }
}
