import { describe, expect, it } from 'vitest'
import type { OutboxEntry } from '#client/realtime/outbox-entries.ts'
import { asId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { type TimelineItem, timelineOf } from './timeline.ts'

const MINUTE = 60_000
const ada = asId<ParticipantId>('ada')
const bek = asId<ParticipantId>('bek')
const message = (seq: number, by: ParticipantId, at: number): Message => ({
  seq,
  epoch: 1,
  id: asId<CommandId>(`m${seq}`),
  by,
  at,
  text: `words ${seq}`,
  removed: undefined,
})
const entry = (id: string, state: OutboxEntry['state'] = { kind: 'waiting' }): OutboxEntry => ({
  id: asId<CommandId>(id),
  name: 'message:post',
  input: { audience: 'all', id, text: `own ${id}` },
  audience: 'all',
  seen: undefined,
  pressedAt: 0,
  state,
})
const day = (at: number) => String(Math.floor(at / (24 * 60 * MINUTE)))
const shape = (items: readonly TimelineItem[]) => items.map((item) => (item.kind === 'message' && item.follows ? 'message+' : item.kind))

describe('the timeline', () => {
  it('[LIV-16] one person going on within minutes is one run; another person, a pause or a new day begins anew', () => {
    const items = timelineOf({
      audience: 'all',
      day,
      roomEvents: [],
      entries: [],
      messages: [
        message(2, ada, 0),
        message(3, ada, MINUTE),
        message(4, bek, 2 * MINUTE),
        message(5, bek, 20 * MINUTE),
        message(6, bek, 25 * 60 * MINUTE),
      ],
    })
    expect(shape(items)).toEqual(['day', 'message', 'message+', 'message', 'message', 'day', 'message'])
  })

  it('[LIV-16] what happened in the room stands by its number, what happened elsewhere by its time', () => {
    const items = timelineOf({
      audience: 'all',
      day,
      entries: [],
      messages: [message(2, ada, 10), message(4, bek, 20), message(5, bek, 30)],
      roomEvents: [
        { key: 'joined', seq: 3, at: 99, words: '' },
        { key: 'session', seq: undefined, at: 25, words: '' },
      ],
    })
    expect(items.map(({ key }) => key)).toEqual(['day-0', 'm2', 'joined', 'm4', 'session', 'm5'])
  })

  it('[LIV-33] what happened before the held part is drawn with the words that it stood between, not above those that are here', () => {
    const items = timelineOf({
      audience: 'all',
      day,
      entries: [],
      held: { from: 4, at: 20 },
      messages: [message(4, ada, 20), message(5, ada, 30)],
      roomEvents: [
        { key: 'joined', seq: 2, at: 9, words: '' },
        { key: 'session', seq: undefined, at: 10, words: '' },
        { key: 'later', seq: undefined, at: 25, words: '' },
      ],
    })
    expect(items.map(({ key }) => key)).toEqual(['day-0', 'm4', 'later', 'm5'])
  })

  it('[LIV-16] an outbox entry is drawn below what was said, once, and only in its own room', () => {
    const items = timelineOf({
      audience: 'all',
      day,
      roomEvents: [],
      messages: [message(2, ada, 10)],
      entries: [entry('m2', { kind: 'stored', at: [] }), entry('new'), { ...entry('elsewhere'), audience: 'mediators' }],
    })
    expect(items.map(({ key }) => key)).toEqual(['day-0', 'm2', 'new'])
  })
})
