// A room's conversation as it is drawn: what was said in the order of its chain, what is still on its way below it, days between.
import type { ReactElement } from 'react'
import type { HeldFrom } from '#client/realtime/case-store.ts'
import type { OutboxEntry } from '#client/realtime/outbox-entries.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { Message, Removal } from '#shared/messaging/messaging-state.ts'

/** Something that happened between the messages: seq where it stands in the audience itself, undefined where it comes from another. */
export interface TimelineEvent {
  readonly key: string
  readonly seq: number | undefined
  readonly at: number
  /** Drawn by itself, with its time, where its words are fetched when there are any. */
  readonly words: string | ReactElement
}

export type TimelineItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'event'; readonly key: string; readonly roomEvent: TimelineEvent }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly text: string; readonly follows: boolean }
  | { readonly kind: 'removed'; readonly key: string; readonly message: Message; readonly removal: Removal }
  | { readonly kind: 'entry'; readonly key: string; readonly id: CommandId; readonly text: string; readonly entry: OutboxEntry }

const FOLLOWS_WITHIN = 5 * 60_000

export interface TimelineParts {
  readonly messages: readonly Message[]
  readonly roomEvents: readonly TimelineEvent[]
  readonly entries: readonly OutboxEntry[]
  /** What came before it is not drawn: what was said between is not here. */
  readonly held?: HeldFrom | undefined
  readonly audience: Audience
  /** The calendar day of a time, in the case's zone. */
  readonly day: (at: number) => string
}

export function timelineOf({ messages, roomEvents, entries, held, audience, day }: TimelineParts): readonly TimelineItem[] {
  const items: TimelineItem[] = []
  let today: string | undefined
  let before: { readonly by: ParticipantId; readonly at: number } | undefined
  const drawn = held ? roomEvents.filter(({ seq, at }) => (seq === undefined ? at >= held.at : seq >= held.from)) : roomEvents
  const own = drawn.filter(({ seq }) => seq !== undefined).sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
  const foreign = drawn.filter(({ seq }) => seq === undefined).sort((a, b) => a.at - b.at)

  function at(time: number) {
    const now = day(time)
    if (now === today) return
    today = now
    before = undefined
    items.push({ kind: 'day', key: `day-${now}`, at: time })
  }
  let [ownAt, foreignAt] = [0, 0]
  function eventsBefore(message: Message | undefined) {
    for (;;) {
      const [next, told] = [own[ownAt], foreign[foreignAt]]
      const here = next && (!message || (next.seq ?? 0) < message.seq) ? next : undefined
      const elsewhere = told && (!message || told.at <= message.at) ? told : undefined
      if (here && (!elsewhere || here.at <= elsewhere.at)) {
        ownAt++
        addRoomEvent(here)
      } else if (elsewhere) {
        foreignAt++
        addRoomEvent(elsewhere)
      } else return
    }
  }
  function addRoomEvent(roomEvent: TimelineEvent) {
    at(roomEvent.at)
    before = undefined
    items.push({ kind: 'event', key: roomEvent.key, roomEvent })
  }

  const said = new Set<string>()
  for (const message of messages) {
    const { text, removed } = message
    if (text === undefined && !removed) continue // its words went with the room's key
    eventsBefore(message)
    at(message.at)
    const key = `m${message.seq}`
    if (message.id !== undefined) said.add(message.id)
    if (text === undefined) {
      if (removed) items.push({ kind: 'removed', key, message, removal: removed })
      before = undefined
      continue
    }
    const follows = before !== undefined && before.by === message.by && message.at - before.at < FOLLOWS_WITHIN
    items.push({ kind: 'message', key, message, text, follows })
    before = message
  }
  eventsBefore(undefined)
  for (const entry of entries) {
    // its event may have come before its answer: drawn once, by the event
    if (entry.audience !== audience || entry.name !== messagePost.name || said.has(entry.id)) continue
    items.push({ kind: 'entry', key: entry.id, id: entry.id, text: textOf(entry.input), entry })
  }
  return items
}

/** The words of a message's outbox entry; entries are written by this client alone. */
export function textOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'text' in input && typeof input.text === 'string' ? input.text : ''
}
