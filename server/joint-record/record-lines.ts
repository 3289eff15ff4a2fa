// What a reader sees of the joint session's record, line by line, from its events alone. Kinds of events that say nothing to a reader are
// left to the file beside the paper.
import { draftReopened, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { localTime } from '#shared/kernel/time-zone.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { recordClosed } from '#shared/messaging/joint-record-protocol.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { readBody } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import { agreementReleased } from '#shared/signing/signing-protocol.ts'
import type { RecordWords } from './words.ts'

export type RecordLine =
  | { readonly kind: 'message'; readonly at: number; readonly by: string; readonly text: string }
  | { readonly kind: 'note'; readonly at: number; readonly text: string }

interface Naming {
  readonly words: RecordWords
  /** The name of a participant; '' for none that the case knows. */
  readonly nameOf: (id: string) => string
}

export function recordLines(events: readonly WireEvent[], { words, nameOf }: Naming): readonly RecordLine[] {
  const removed = removals(events)
  return events.flatMap((event): readonly RecordLine[] => {
    const { at, by, seq } = event
    const note = (text: string): readonly RecordLine[] => [{ kind: 'note', at, text }]
    switch (event.type) {
      case messagePosted.name: {
        const gone = removed.get(seq)
        if (gone !== undefined) return note(words('line.removed', { name: nameOf(by), when: stamp(gone) }))
        const said = bodyOf(event, messagePosted)
        return said ? [{ kind: 'message', at, by, text: said.text }] : []
      }
      case roomJoined.name:
        return note(words('line.came', { name: nameOf(bodyOf(event, roomJoined)?.participantId ?? '') }))
      case roomLeft.name:
        return note(words('line.went', { name: nameOf(bodyOf(event, roomLeft)?.participantId ?? '') }))
      case versionFrozen.name:
        return note(words('line.frozen', { code: bodyOf(event, versionFrozen)?.textCode ?? '' }))
      case draftReopened.name:
        return note(words('line.reopened'))
      case agreementReleased.name:
        return note(words('line.released'))
      case recordClosed.name:
        return note(words('line.closed', { name: nameOf(by) }))
      default:
        return []
    }
  })
}

/** `2026-11-22 14:03`, in the zone that stands on the paper. */
export function stamp(milliseconds: number): string {
  return localTime(milliseconds).slice(0, 16).replace('T', ' ')
}

/** When each message that is gone was removed, by its number. Of several removals the first counts. */
function removals(events: readonly WireEvent[]): ReadonlyMap<number, number> {
  const gone = new Map<number, number>()
  for (const event of events) {
    const named = event.type === bodyRedacted.name ? bodyOf(event, bodyRedacted) : undefined
    if (named && !gone.has(named.seq)) gone.set(named.seq, event.at)
  }
  return gone
}

function bodyOf<Body>(event: WireEvent, definition: EventDefinition<`${string}:${string}`, Body>): Body | undefined {
  return event.body === null ? undefined : readBody(definition, event.version, JSON.parse(event.body))
}
