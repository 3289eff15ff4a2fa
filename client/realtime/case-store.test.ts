import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStore } from '#client/app/testing/open-store.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { lastValue } from '#shared/log/seq-map.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import type { CaseStore } from './case-store.ts'
import { createHistory, type History, testId } from './testing/history.ts'

const ada = testId<ParticipantId>('ada')
const SIDE = `side:${testId('side')}` as Audience // an id of the right shape
const AUDIENCES: readonly Audience[] = ['case', 'all', SIDE]

async function someHistory(messages: readonly number[]): Promise<History> {
  const history = createHistory(ada)
  for (const audience of AUDIENCES) await history.add(roomJoined, audience, { participantId: ada })
  for (const [index, which] of messages.entries()) {
    const audience = AUDIENCES[which % AUDIENCES.length] ?? 'all'
    await history.add(messagePosted, audience, { id: testId<CommandId>(`m${index}`), text: `words ${index}` })
  }
  return history
}

function level(store: CaseStore, history: History) {
  for (let i = 0; i < 1_000; i++) {
    const heads = store.heads().map(({ audience, epoch, seq }) => ({ audience, epoch, seq }))
    if (!store.resumed(history.resume({ heads }), 0)) return
  }
  throw new Error('never current')
}

const folded = (store: CaseStore) => Object.fromEntries([...store.snapshot().audiences].sort(([a], [b]) => (a < b ? -1 : 1)))

describe('the case store', () => {
  it('[LIV-1] events late, twice, out of order or never delivered lead to the same state once the device has asked since seq', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(2), { minLength: 1, maxLength: 25 }),
        fc.array(fc.tuple(fc.nat(60), fc.boolean()), { maxLength: 60 }),
        async (messages, deliveries) => {
          const history = await someHistory(messages)
          const inOrder = openStore()
          level(inOrder, history)
          const shuffled = openStore()
          for (const [index, resumeHere] of deliveries) {
            const event = history.events[index % history.events.length]
            if (event) shuffled.receive([event])
            if (resumeHere && index % 7 === 0) {
              const heads = shuffled.heads().map(({ audience, epoch, seq }) => ({ audience, epoch, seq }))
              shuffled.resumed(history.resume({ heads }), 0)
            }
          }
          level(shuffled, history)
          await shuffled.verified()
          expect(folded(shuffled)).toEqual(folded(inOrder))
          expect(shuffled.hasHole()).toBe(false)
          expect(shuffled.snapshot().integrity).toEqual({ kind: 'whole' })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('[LIV-2] an event before which something is missing is not shown, and says that there is a hole', async () => {
    const history = await someHistory([1, 1])
    const store = openStore()
    const [, joined, , first, second] = history.events as [WireEvent, WireEvent, WireEvent, WireEvent, WireEvent] // made just above
    store.receive([joined, second])
    expect(store.hasHole()).toBe(true)
    expect(store.snapshot().audiences.get('all')?.seq).toBe(1)
    store.receive([first])
    expect(store.hasHole()).toBe(false)
    expect(store.snapshot().audiences.get('all')?.seq).toBe(3)
  })

  it.each([
    ['another text', (event: WireEvent) => ({ ...event, body: event.body?.replace('words', 'lies') ?? null })],
    ['another author', (event: WireEvent) => ({ ...event, by: testId<ParticipantId>('eve') })],
    ['another time', (event: WireEvent) => ({ ...event, at: event.at + 1 })],
    ['another link', (event: WireEvent) => ({ ...event, previous: event.hash })],
  ])('[LIV-3] an event with %s than was hashed makes the record forked', async (_what, forge) => {
    const history = await someHistory([1, 1])
    const store = openStore()
    store.receive(history.events.map((event) => (event.audience === 'all' && event.seq === 2 ? forge(event) : event)))
    await store.verified()
    expect(store.snapshot().integrity).toEqual({ kind: 'forked', audience: 'all', seq: 2 })
  })

  it('[LIV-3] two events in one place make the record forked', async () => {
    const history = await someHistory([1])
    const store = openStore()
    store.receive(history.events)
    const last = history.events.at(-1) as WireEvent // made just above
    store.receive([{ ...last, hash: last.previous }])
    expect(store.snapshot().integrity.kind).toBe('forked')
  })

  it('[LIV-3] a remembered head with another hash makes the record forked, one that the server no longer reaches makes it behind', async () => {
    const history = await someHistory([1])
    const head = { audience: 'all', epoch: 0 } as const
    const forked = openStore([{ ...head, seq: 2, hash: 'elsewhere' }])
    level(forked, history)
    expect(forked.snapshot().integrity).toEqual({ kind: 'forked', audience: 'all', seq: 2 })
    const behind = openStore([{ ...head, seq: 9, hash: 'later' }])
    level(behind, history)
    expect(behind.snapshot().integrity).toEqual({ kind: 'behind', audience: 'all' })
  })

  it('[LIV-4] what was said in an audience that a person left is gone from the device', async () => {
    const history = await someHistory([1, 2, 1])
    const store = openStore()
    level(store, history)
    await history.add(roomLeft, 'all', { participantId: ada })
    store.receive(history.events.slice(-1))
    expect([...store.snapshot().audiences.keys()]).toEqual(['case', SIDE])
    expect(JSON.stringify(store.snapshot(), (_key, value) => (value instanceof Map ? [...value] : value))).not.toContain('words 0')
    level(store, history)
    expect(store.snapshot().audiences.has('all')).toBe(false)
  })

  it('[LIV-4] a message in one audience changes no other audience’s state', async () => {
    const history = await someHistory([1, 2])
    const store = openStore()
    level(store, history)
    const before = store.snapshot().audiences.get(SIDE)
    await history.add(messagePosted, 'all', { id: testId<CommandId>('new'), text: 'one more' })
    store.receive(history.events.slice(-1))
    expect(store.snapshot().audiences.get(SIDE)).toBe(before)
    const all = store.snapshot().audiences.get('all')
    expect(all && lastValue(sliceOf(all, messagingFold).messages)?.text).toBe('one more')
  })

  it('[LIV-5] an event of an unknown kind keeps the chain whole and asks for a newer client', async () => {
    const history = await someHistory([1])
    await history.add({ ...messagePosted, name: 'message:sung' } as unknown as typeof messagePosted, 'all', {
      id: testId<CommandId>('x'),
      text: 'la',
    })
    await history.add(messagePosted, 'all', { id: testId<CommandId>('y'), text: 'after' })
    const store = openStore()
    level(store, history)
    await store.verified()
    expect(store.snapshot()).toMatchObject({ newer: true, integrity: { kind: 'whole' } })
    expect(store.snapshot().audiences.get('all')?.seq).toBe(4)
  })
})
