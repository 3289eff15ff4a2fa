// A room's conversation as it is drawn: what was said in the order of its chain, what is still on its way below it, days between.
// It is cut into stretches of a few numbers each: what has not changed since it was made last is the same object and costs nothing again.
import type { ReactElement } from 'react'
import type { HeldFrom } from '#client/realtime/case-store.ts'
import type { OutboxEntry } from '#client/realtime/outbox-entries.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { leavesOf, type SeqLeaf, type SeqMap } from '#shared/log/seq-map.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import type { Removal } from '#shared/messaging/removals.ts'
import { textOf } from './text-of.ts'

/** Something that happened between the messages: seq where it stands in the audience itself, undefined where it comes from another. */
export interface TimelineEvent {
  readonly key: string
  readonly seq: number | undefined
  readonly at: number
  /** Drawn by itself, with its time, where its words are fetched when there are any. */
  readonly words: string | ReactElement
  /** Something said rather than something that happened: drawn as it is. */
  readonly isSaid?: boolean
}

/** What stands in the record. */
export type SaidItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'event'; readonly key: string; readonly roomEvent: TimelineEvent }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly text: string; readonly follows: boolean }
  | { readonly kind: 'removed'; readonly key: string; readonly message: Message; readonly removal: Removal }

/** What is on its way. */
interface EntryItem {
  readonly kind: 'entry'
  readonly key: string
  readonly id: CommandId
  readonly text: string
  readonly entry: OutboxEntry
}

export type TimelineItem = SaidItem | EntryItem

export interface Stretch {
  readonly key: string
  readonly items: readonly SaidItem[]
  /** The last message that each person wrote here whose words stand in it. */
  readonly lastBy: ReadonlyMap<ParticipantId, number>
  /** Ids of the messages in it. */
  readonly ids: ReadonlySet<string>
}

interface Timeline {
  readonly stretches: readonly Stretch[]
  /** Below all that was said: what happened since, and what is on its way. */
  readonly tail: readonly TimelineItem[]
}

export interface TimelineParts {
  readonly messages: SeqMap<Message>
  readonly roomEvents: readonly TimelineEvent[]
  readonly entries: readonly OutboxEntry[]
  /** What came before it is not drawn: what was said between is not here. */
  readonly held?: HeldFrom | undefined
  readonly audience: Audience
  /** The calendar day of a time, in the case's zone. */
  readonly day: (at: number) => string
}

type Around = Pick<TimelineParts, 'roomEvents' | 'day'>

/** What a stretch is made from, beside what was said in it. */
interface Place {
  /** How many of what happened, here and elsewhere, stand before it. */
  readonly own: number
  readonly foreign: number
  readonly day: string | undefined
  /** Who goes on here needs no head again. */
  readonly before: Message | undefined
}

interface Made {
  readonly values: SeqLeaf<Message>['values']
  readonly start: Place
  readonly end: Place
  readonly stretch: Stretch
}

const FOLLOWS_WITHIN = 5 * 60_000

/** Draws the same conversation again and again, as it grows at both ends. */
export function createTimeline(): (parts: TimelineParts) => Timeline {
  let around: Around | undefined
  let happened: Happened = { own: [], foreign: [] }
  let known = new Map<number, Made>()
  return ({ messages, roomEvents, entries, held, audience, day }) => {
    if (around?.roomEvents !== roomEvents || around.day !== day) {
      around = { roomEvents, day }
      happened = happenedIn(roomEvents)
      known = new Map()
    }
    const next = new Map<number, Made>()
    let place = startOf(happened, held)
    for (const leaf of leavesOf(messages)) {
      const before = known.get(leaf.base)
      const made = before?.values === leaf.values && isSame(before.start, place) ? before : new Drawing(happened, day, place).stretch(leaf)
      next.set(leaf.base, made)
      place = made.end
    }
    known = next
    const stretches = [...known.values()].flatMap(({ stretch }) => (stretch.items.length > 0 ? [stretch] : []))
    const tail = new Drawing(happened, day, place).rest()
    return { stretches, tail: [...tail, ...unsaid(entries, audience, stretches)] }
  }
}

/** The last message of somebody whose words stand. */
export function lastOf({ stretches }: Timeline, author: ParticipantId): number | undefined {
  return stretches.findLast(({ lastBy }) => lastBy.has(author))?.lastBy.get(author)
}

interface Happened {
  readonly own: readonly TimelineEvent[]
  readonly foreign: readonly TimelineEvent[]
}

function happenedIn(roomEvents: readonly TimelineEvent[]): Happened {
  const own = roomEvents.filter(({ seq }) => seq !== undefined).sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
  const foreign = roomEvents.filter(({ seq }) => seq === undefined).sort((a, b) => a.at - b.at)
  return { own, foreign }
}

function startOf({ own, foreign }: Happened, held: HeldFrom | undefined): Place {
  return {
    own: own.filter(({ seq }) => held && (seq ?? 0) < held.from).length,
    foreign: foreign.filter(({ at }) => held && at < held.at).length,
    day: undefined,
    before: undefined,
  }
}

function isSame(a: Place, b: Place): boolean {
  return a.own === b.own && a.foreign === b.foreign && a.day === b.day && a.before === b.before
}

/** Lays out what was said and what happened, from one place on. */
class Drawing {
  readonly #happened: Happened
  readonly #day: (at: number) => string
  readonly #start: Place
  #place: Place
  readonly #items: SaidItem[] = []

  constructor(happened: Happened, day: (at: number) => string, start: Place) {
    this.#happened = happened
    this.#day = day
    this.#start = start
    this.#place = start
  }

  stretch({ base, values }: SeqLeaf<Message>): Made {
    const lastBy = new Map<ParticipantId, number>()
    const ids = new Set<string>()
    for (const message of values) {
      if (!message) continue
      this.#add(message)
      if (message.id !== undefined) ids.add(message.id)
      if (message.text !== undefined && !message.released) lastBy.set(message.by, message.seq)
    }
    return { values, start: this.#start, end: this.#place, stretch: { key: `s${base}`, items: this.#items, lastBy, ids } }
  }

  rest(): readonly SaidItem[] {
    this.#eventsBefore(undefined)
    return this.#items
  }

  #add(message: Message): void {
    const { text, removed } = message
    if (text === undefined && !removed) return // its words went with the room's key
    this.#eventsBefore(message)
    this.#at(message.at)
    const key = `m${message.seq}`
    if (text === undefined) {
      if (removed) this.#items.push({ kind: 'removed', key, message, removal: removed })
      this.#place = { ...this.#place, before: undefined }
      return
    }
    const { before } = this.#place
    const goesOn = before !== undefined && before.by === message.by && !before.released && !message.released
    const follows = goesOn && message.at - before.at < FOLLOWS_WITHIN
    this.#items.push({ kind: 'message', key, message, text, follows })
    this.#place = { ...this.#place, before: message }
  }

  #eventsBefore(message: Message | undefined): void {
    const { own, foreign } = this.#happened
    for (;;) {
      const [next, told] = [own[this.#place.own], foreign[this.#place.foreign]]
      const here = next && (!message || (next.seq ?? 0) < message.seq) ? next : undefined
      const elsewhere = told && (!message || told.at <= message.at) ? told : undefined
      if (here && (!elsewhere || here.at <= elsewhere.at)) {
        this.#place = { ...this.#place, own: this.#place.own + 1 }
        this.#addRoomEvent(here)
      } else if (elsewhere) {
        this.#place = { ...this.#place, foreign: this.#place.foreign + 1 }
        this.#addRoomEvent(elsewhere)
      } else return
    }
  }

  #addRoomEvent(roomEvent: TimelineEvent): void {
    this.#at(roomEvent.at)
    this.#place = { ...this.#place, before: undefined }
    this.#items.push({ kind: 'event', key: roomEvent.key, roomEvent })
  }

  #at(time: number): void {
    const day = this.#day(time)
    if (day === this.#place.day) return
    this.#place = { ...this.#place, day, before: undefined }
    this.#items.push({ kind: 'day', key: `day-${day}`, at: time })
  }
}

/** An entry's event may have come before its answer: it is drawn once, by the event. */
function unsaid(entries: readonly OutboxEntry[], audience: Audience, stretches: readonly Stretch[]): EntryItem[] {
  return entries
    .filter((entry) => entry.audience === audience && entry.name === messagePost.name)
    .filter(({ id }) => stretches.findLast(({ ids }) => ids.has(id)) === undefined)
    .map((entry) => ({ kind: 'entry', key: entry.id, id: entry.id, text: textOf(entry.input), entry }))
}
