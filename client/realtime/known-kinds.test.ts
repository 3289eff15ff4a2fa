// Events of kinds that are fetched later: nothing of them is taken in before they can be read, and nothing is lost by the wait.
import { describe, expect, it } from 'vitest'
import { Unreachable } from '#client/http/unreachable.ts'
import { callOpened } from '#shared/calls/calls-protocol.ts'
import { callFold } from '#shared/calls/calls-state.ts'
import { FIRST_KINDS } from '#shared/first-catalogue.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CommandId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { LATER_KINDS } from '#shared/later-catalogue.ts'
import type { Kinds } from '#shared/log/capability.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { type ResumeRequest, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { createCaseStore } from './case-store.ts'
import type { ConnectionState } from './connection.ts'
import { startSync } from './sync.ts'
import { createHistory, TEST_CASE, testId, webDigest } from './testing/history.ts'
import { createTestClock } from './testing/test-clock.ts'

const ada = testId<ParticipantId>('ada')
const SIDE = sideAudience(testId<SideId>('side'))

async function setUp(fetchLater: () => Promise<Kinds>) {
  const history = createHistory(ada)
  await history.add(roomJoined, 'all', { participantId: ada })
  const clock = createTestClock()
  const store = createCaseStore({
    caseId: TEST_CASE,
    ...FIRST_KINDS,
    fetchLater,
    digest: webDigest,
    reads: () => true,
    wordsAfter: () => 0,
  })
  let state: ConnectionState = { kind: 'live' }
  const pauses: (number | undefined)[] = []
  const watching = new Set<() => void>()
  const hearing = new Map<string, (...args: readonly unknown[]) => void>()
  const become = (next: ConnectionState) => {
    state = next
    for (const listener of [...watching]) listener()
  }
  const sync = startSync({
    store,
    clock,
    timers: clock,
    connection: {
      state: () => state,
      subscribe(listener) {
        watching.add(listener)
        return () => watching.delete(listener)
      },
      ask: async <Answer>(_name: string, request: unknown) => ({ ok: true, value: history.resume(request as ResumeRequest, 50) }) as Answer, // as our server answers it
      on(name, handler) {
        hearing.set(name, handler)
        return () => hearing.delete(name)
      },
      restart: () => undefined,
      deviceOffline(atLeast) {
        pauses.push(atLeast)
        become({ kind: 'offline', since: clock.now() })
      },
    },
  })
  sync.check()
  await clock.wind(0)
  return {
    history,
    clock,
    store,
    state: () => state,
    reading: sync.reading,
    pauses,
    back: () => become({ kind: 'live' }),
    tell: (...events: WireEvent[]) => hearing.get(WIRE.event)?.(events),
    say: (text: string) => history.add(messagePosted, 'all', { id: testId<CommandId>(`m${history.events.length}`), text }),
    all: () => store.snapshot().audiences.get('all'),
    words: () => {
      const all = store.snapshot().audiences.get('all')
      return all ? valuesOf(sliceOf(all, messagingFold).messages).map(({ text }) => text) : []
    },
  }
}

/** A fetch that comes when it is let. */
function held() {
  const answers: ((kinds: Kinds | Error) => void)[] = []
  return {
    fetchLater: () =>
      new Promise<Kinds>((resolve, reject) => answers.push((kinds) => (kinds instanceof Error ? reject(kinds) : resolve(kinds)))),
    asked: () => answers.length,
    answer: (kinds: Kinds | Error) => answers.at(-1)?.(kinds),
  }
}

describe('kinds that are fetched later', () => {
  it('[LIV-262] a case without any event of them fetches nothing', async () => {
    const later = held()
    const device = await setUp(later.fetchLater)
    device.tell(await device.say('hello'))
    expect(device.words()).toEqual(['hello'])
    expect(later.asked()).toBe(0)
  })

  it('[LIV-262] the first of them waits for its kind, and so does what is said after it; nothing is lost, and none is taken for a newer one', async () => {
    const later = held()
    const device = await setUp(later.fetchLater)
    device.tell(await device.history.add(callOpened, 'all', {}))
    device.tell(await device.say('after it'))
    device.tell(await device.history.add(roomJoined, SIDE, { participantId: ada }))
    await device.clock.wind(5_000)
    expect(later.asked()).toBe(1)
    expect(device.all()?.seq).toBe(1)
    expect(device.words()).toEqual([])
    later.answer(LATER_KINDS)
    await device.clock.wind(5_000)
    const all = device.all()
    expect(all?.seq).toBe(3)
    expect(all && sliceOf(all, callFold).stage).toBe('running')
    expect(device.words()).toEqual(['after it'])
    expect(device.store.snapshot().audiences.has(SIDE)).toBe(true)
    expect(device.store.snapshot()).toMatchObject({ newer: false, caughtUp: true, integrity: { kind: 'whole' } })
    device.tell(await device.history.add(callOpened, 'all', {}))
    expect(device.all()?.seq).toBe(4)
    expect(later.asked()).toBe(1)
  })

  it('[LIV-262] whoever goes on from what they did waits until it is read, and no longer than the line holds', async () => {
    const later = held()
    const device = await setUp(later.fetchLater)
    expect(device.reading()).toBeUndefined()
    device.tell(await device.history.add(callOpened, 'all', {}))
    let goneOnAt: number | undefined
    void device.reading()?.then(() => {
      goneOnAt = device.all()?.seq
    })
    await device.clock.wind(1_000)
    expect(goneOnAt).toBeUndefined()
    later.answer(LATER_KINDS)
    await device.clock.wind(0)
    expect(goneOnAt).toBe(2)
    expect(device.reading()).toBeUndefined()

    const cut = held()
    const other = await setUp(cut.fetchLater)
    other.tell(await other.history.add(callOpened, 'all', {}))
    const reading = other.reading()
    await other.clock.wind(0)
    cut.answer(new Unreachable('not fetched'))
    await other.clock.wind(0)
    cut.answer(new Unreachable('not fetched'))
    await reading
    expect(other.state().kind).toBe('offline')
  })

  it('[LIV-262] one whose body is destroyed waits as well: its fold may count it', async () => {
    const later = held()
    const device = await setUp(later.fetchLater)
    const opened = await device.history.add(callOpened, 'all', {})
    device.tell({ ...opened, body: null, salt: '' })
    expect(device.all()?.seq).toBe(1)
    expect(later.asked()).toBe(1)
  })

  it('[LIV-263] what cannot be fetched is told as a lost connection, and fetched again with the next', async () => {
    const later = held()
    const device = await setUp(later.fetchLater)
    device.tell(await device.history.add(callOpened, 'all', {}))
    await device.clock.wind(0)
    later.answer(new Unreachable('not fetched'))
    await device.clock.wind(0)
    // the answer that waited for it asks once more before it gives up
    later.answer(new Unreachable('not fetched'))
    await device.clock.wind(0)
    expect(device.state().kind).toBe('offline')
    // not at once: what fails at once would be tried without end
    expect(device.pauses).toEqual([5_000])
    expect(device.all()?.seq).toBe(1)
    device.back()
    await device.clock.wind(0)
    later.answer(LATER_KINDS)
    await device.clock.wind(0)
    expect(device.all()?.seq).toBe(2)
  })

  it('[LIV-263] where a newer client is served, it goes on as with any kind of a newer one, and says so', async () => {
    const later = held()
    const device = await setUp(later.fetchLater)
    device.tell(await device.history.add(callOpened, 'all', {}))
    await device.clock.wind(0)
    later.answer(new AppError({ kind: 'unsupported' }))
    await device.clock.wind(0)
    device.tell(await device.say('after it'))
    expect(device.words()).toEqual(['after it'])
    expect(device.store.snapshot().newer).toBe(true)
    expect(device.state().kind).toBe('live')
  })

  it('[LIV-262] once they are there, nothing waits', async () => {
    const later = held()
    const device = await setUp(later.fetchLater)
    const coming = device.store.ready([await device.history.add(callOpened, 'all', {})])
    expect(coming).toBeInstanceOf(Promise)
    later.answer(LATER_KINDS)
    await coming
    expect(device.store.ready(device.history.events)).toBeUndefined()
  })
})
