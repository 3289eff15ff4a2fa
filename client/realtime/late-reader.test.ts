// A device of somebody who came late: of what was said before it holds nothing, and misses nothing.
import { expect, it } from 'vitest'
import { openStore } from '#client/app/testing/open-store.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type GrantId, type ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { type OlderRequest, WIRE } from '#shared/protocol/wire.ts'
import { earlierOpened, grantGiven, roomJoined } from '#shared/rooms/room-protocol.ts'
import type { CaseStore } from './case-store.ts'
import { fetchOlderWords } from './older-words.ts'
import { createHistory, testId } from './testing/history.ts'
import { createTestClock } from './testing/test-clock.ts'

const me = testId<ParticipantId>('late')
const ada = testId<ParticipantId>('ada')
const ROOM = `side:${testId('side')}` as Audience // an id of the right shape
const EARLIER = 6

/** `wasHere`: the device remembers a place from an earlier time, before all that is not theirs now. */
async function scene({ wasHere = false } = {}) {
  const history = createHistory(me)
  const say = async (text: string) => history.add(messagePosted, ROOM, { id: testId<CommandId>(`m${history.events.length}`), text }, ada)
  await history.add(roomJoined, ROOM, { participantId: ada }, ada)
  for (let i = 0; i < EARLIER; i++) await say(`before ${i}`)
  const grantId = asId<GrantId>(testId<CommandId>('grant'))
  const body = { grantId, participantId: me, role: 'representative', from: history.events.at(-1)?.at ?? 0, words: 'from-joining' } as const
  await history.add(grantGiven, ROOM, body, ada)
  const joined = await history.add(roomJoined, ROOM, { participantId: me, grantId }, ada)
  await say('after 0')
  const { epoch, seq, hash } = history.events[1] ?? joined
  const store = openStore(wasHere ? [{ audience: ROOM, epoch, seq, hash }] : [])
  /** As a server answers somebody who came late: what happened, and what was said since. */
  const events = history.events.filter(({ seq, type }) => seq >= joined.seq || type !== messagePosted.name)
  const head = history.events.length
  store.resumed(
    { me, audiences: [{ audience: ROOM, epoch: 0, head, state: 'current', from: joined.seq }], events, connected: [me], now: 0 },
    0,
  )
  return { history, store, say, joined }
}

const textsIn = (store: CaseStore) => {
  const state = store.snapshot().audiences.get(ROOM)
  return state ? valuesOf(sliceOf(state, messagingFold).messages).map(({ text }) => text) : []
}

it('[ROO-83] what is not theirs is no gap: nothing is said to be missing, and nothing is asked for', async () => {
  const { store, history, say } = await scene({ wasHere: true })
  const asked: OlderRequest[] = []
  const timers = createTestClock()
  const connection = {
    state: () => ({ kind: 'live' as const }),
    subscribe: () => () => undefined,
    ask: async (name: string, input: unknown) => {
      if (name === WIRE.older) asked.push(input as OlderRequest) // the only message that is sent here
      return { ok: true, value: { events: [] } } as never
    },
  }
  const words = fetchOlderWords({ connection: connection as never, store, timers })
  await say('after 1')
  store.receive(history.events.slice(-1))
  words.fetch(ROOM)
  await timers.wind(60_000)
  expect(textsIn(store)).toEqual(['after 0', 'after 1'])
  expect([store.snapshot().earlier.size, store.unlinked(), asked]).toEqual([0, [], []])
  await store.verified()
  expect(store.snapshot().integrity).toEqual({ kind: 'whole' })
  expect(store.linkedHeads().map(({ seq }) => seq)).toEqual([2])
})

it('[ROO-83] [ROO-81] what is opened can be fetched as far as it is, and fits', async () => {
  const { store, history } = await scene()
  const from = 4
  store.receive([await history.add(earlierOpened, ROOM, { participantId: me, from }, ada)])
  const before = store.snapshot().earlier.get(ROOM)?.from ?? 0
  expect(before).toBeGreaterThan(from)
  store.older(ROOM, history.events.slice(from - 1, before - 1))
  expect(textsIn(store)).toEqual(['before 2', 'before 3', 'before 4', 'before 5', 'after 0'])
  expect(store.snapshot().earlier.size).toBe(0)
  store.receive([await history.add(earlierOpened, ROOM, { participantId: me, from: 1 }, ada)])
  expect(store.snapshot().earlier.get(ROOM)?.from).toBe(from)
  await store.verified()
  expect(store.snapshot().integrity).toEqual({ kind: 'whole' })
})

it('[ROO-83] a page that does not fit before what they hold is found out', async () => {
  const { store, history } = await scene()
  store.receive([await history.add(earlierOpened, ROOM, { participantId: me, from: 1 }, ada)])
  const before = store.snapshot().earlier.get(ROOM)?.from ?? 0
  const page = history.events.slice(0, before - 1).map((event) => (event.seq === 5 ? { ...event, by: me } : event))
  store.older(ROOM, page)
  await store.verified()
  expect(store.snapshot().integrity).toMatchObject({ kind: 'forked', audience: ROOM })
})
