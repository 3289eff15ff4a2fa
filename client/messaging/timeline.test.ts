import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutboxEntry } from '#client/realtime/outbox-entries.ts'
import { asId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import { emptySeqMap, type SeqMap, valuesOf, withValue } from '#shared/log/seq-map.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { createTimeline, lastOf, type TimelineItem, type TimelineParts } from './timeline.ts'

const MINUTE = 60_000
const ada = asId<ParticipantId>('ada')
const bek = asId<ParticipantId>('bek')
const message = (seq: number, by: ParticipantId, at: number): Message => ({
  seq,
  epoch: 1,
  id: asId<CommandId>(`m${seq}`),
  by,
  author: by,
  released: false,
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
const said = (messages: readonly Message[], before: SeqMap<Message> = emptySeqMap()) =>
  messages.reduce((map, each) => withValue(map, each.seq, each), before)
const linesOf = ({ messages, ...parts }: Omit<TimelineParts, 'messages'> & { messages: readonly Message[] }) => {
  const { stretches, tail } = createTimeline()({ ...parts, messages: said(messages) })
  return [...stretches.flatMap(({ items }) => items), ...tail]
}
const day = (at: number) => String(Math.floor(at / (24 * 60 * MINUTE)))
const shape = (items: readonly TimelineItem[]) => items.map((item) => (item.kind === 'message' && item.follows ? 'message+' : item.kind))

describe('the timeline', () => {
  it('[LIV-16] one person going on within minutes is one run; another person, a pause or a new day begins anew', () => {
    const items = linesOf({
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
    const items = linesOf({
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
    const items = linesOf({
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
    const items = linesOf({
      audience: 'all',
      day,
      roomEvents: [],
      messages: [message(2, ada, 10)],
      entries: [entry('m2', { kind: 'stored', at: [] }), entry('new'), { ...entry('elsewhere'), audience: 'mediators' }],
    })
    expect(items.map(({ key }) => key)).toEqual(['day-0', 'm2', 'new'])
  })
})

describe('a timeline that grows', () => {
  const ids = [ada, bek]
  const change = fc.oneof(
    fc.record({ kind: fc.constant('newer' as const), by: fc.nat(1), minutes: fc.nat(600) }),
    fc.record({ kind: fc.constant('older' as const), count: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant('removed' as const), which: fc.nat() }),
  )
  const roomEvents = [
    { key: 'came', seq: 980, at: 970 * MINUTE, words: '' },
    { key: 'went', seq: 1_010, at: 1_030 * MINUTE, words: '' },
    { key: 'session', seq: undefined, at: 990 * MINUTE, words: '' },
  ]

  it('[MSG-30] is, after any changes at both ends and in the middle, what it would be if it were made at once', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const growing = createTimeline()
        let [messages, from, last, at] = [said([message(1_000, ada, 1_000 * MINUTE)]), 1_000, 1_000, 1_000]
        for (const each of changes) {
          if (each.kind === 'newer') {
            last += 1
            at += each.minutes
            messages = said([message(last, ids[each.by] ?? ada, at * MINUTE)], messages)
          } else if (each.kind === 'older') {
            const page = Array.from({ length: each.count }, (_unused, nth) => from - 1 - nth).filter((seq) => seq > 0 && seq !== 980)
            messages = said(
              page.map((seq) => message(seq, seq % 3 === 0 ? ada : bek, seq * MINUTE)),
              messages,
            )
            from = Math.min(from, ...page)
          } else {
            const gone = valuesOf(messages)[each.which % messages.size]
            if (gone) messages = withValue(messages, gone.seq, { ...gone, text: undefined, removed: { by: gone.by, at: gone.at } })
          }
          const parts = { audience: 'all', day, entries: [], roomEvents, messages, held: { from, at: from * MINUTE } } as const
          expect(growing(parts)).toEqual(createTimeline()(parts))
        }
      }),
    )
  })

  it('[MSG-30] keeps all stretches but the one that a new message, a removal or an older page stands in', () => {
    const growing = createTimeline()
    const draw = (messages: SeqMap<Message>, from: number) =>
      growing({ audience: 'all', day, entries: [], roomEvents, messages, held: { from, at: from * MINUTE } }).stretches
    const first = said(Array.from({ length: 9_000 }, (_unused, nth) => message(1_000 + nth, ada, (1_000 + nth) * MINUTE)))
    const before = new Set(draw(first, 1_000))
    const anew = (messages: SeqMap<Message>, from: number) => draw(messages, from).filter((stretch) => !before.has(stretch))
    expect(anew(said([message(10_000, bek, 10_000 * MINUTE)], first), 1_000)).toHaveLength(1)
    expect(anew(withValue(first, 5_000, { ...message(5_000, ada, 0), text: undefined, removed: { by: ada, at: 0 } }), 1_000)).toHaveLength(
      1,
    )
    const page = Array.from({ length: 100 }, (_unused, nth) => message(900 + nth, bek, (900 + nth) * MINUTE))
    expect(anew(said(page, first), 900).length).toBeLessThan(10)
  })

  it('[LIV-16] knows the last words of a person that stand', () => {
    const gone = { ...message(3, ada, 3), text: undefined, removed: { by: ada, at: 4 } }
    const timeline = createTimeline()({
      audience: 'all',
      day,
      entries: [],
      roomEvents: [],
      messages: said([message(2, ada, 2), gone, message(40, bek, 40)]),
    })
    expect([lastOf(timeline, ada), lastOf(timeline, bek), lastOf(timeline, asId<ParticipantId>('cem'))]).toEqual([2, 40, undefined])
  })
})
