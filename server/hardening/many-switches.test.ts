// A mediator who changes rooms a thousand times, in a hurry: the device's own store, outbox and guard over real sockets, with a server that
// drops the line. Whatever was written stands once, in the room whose name its author was shown, or is still in that room's field.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createTalkStore, type TalkStore } from '#client/messaging/talk-store.ts'
import { type CaseClient, openCase } from '#client/realtime/case-client.ts'
import { webDigest } from '#client/realtime/testing/history.ts'
import { socketTransport } from '#client/realtime/transport.ts'
import { openSession, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import { caucusEnd, caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf, stateIn } from '#shared/log/fold.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { roomFold, wordsAfter } from '#shared/rooms/room-state.ts'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function meeting() {
  const clock = setClock()
  const storage = memoryStorage()
  const scene = supplyCase(3)
  const expiresAt = clock.now() + 7 * 86_400_000
  const world = await socketWorld({
    storage,
    clock,
    authenticate: async (token) => ({ participantId: token as ParticipantId, sessionId: token, expiresAt }), // ids of this test
  })
  stops.push(
    () => storage.close(),
    () => world.close(),
  )
  await openSession(world.log, scene)
  const device = (id: ParticipantId) => openDevice({ url: world.url, caseId: scene.caseId, id, clock, expiresAt })
  const mediator = device(scene.mediator.id)
  const parties = scene.people.map(({ id }) => device(id))
  const rooms: Audience[] = ['all', ...scene.sides.map(sideAudience)]
  for (const each of [mediator, ...parties]) await isLive(each)
  return { clock, scene, world, mediator, parties, rooms }
}

interface DeviceDeps {
  readonly url: string
  readonly caseId: CaseId
  readonly id: ParticipantId
  readonly clock: { now(): number }
  readonly expiresAt: number
}

function openDevice({ url, caseId, id, clock, expiresAt }: DeviceDeps): CaseClient {
  const client = openCase({
    caseId,
    openTransport: socketTransport(url),
    freshToken: async () => ({ token: id, expiresAt }),
    clock,
    timers: {
      after(milliseconds, run) {
        const timer = setTimeout(run, Math.min(milliseconds, 50)) // nobody waits here for patience
        return () => clearTimeout(timer)
      },
    },
    entropy: seededEntropy(`device of ${id}`),
    folds: DEVICE_FOLDS,
    events: DEVICE_EVENTS,
    digest: webDigest,
    reads: (state, me) => sliceOf(state, roomFold).members[me]?.until === undefined,
    wordsAfter: (state, me) => wordsAfter(sliceOf(state, roomFold), me),
    storage: undefined,
  })
  stops.push(() => client.close())
  return client
}

const isLive = (client: CaseClient) =>
  expect.poll(() => client.connection.state().kind === 'live' && client.store.snapshot().caughtUp).toBe(true)
/** So that frames come and go between two deeds of a hurried hand. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

const marksIn = (text: string) => text.match(/№\d+/g) ?? []
function said(client: CaseClient, audience: Audience): readonly string[] {
  const messages = stateIn(client.store.snapshot().audiences, messagingFold, audience)?.messages
  return messages ? valuesOf(messages).flatMap(({ text }) => marksIn(text ?? '')) : []
}

interface Deed {
  readonly does: 'switch' | 'type' | 'press' | 'confirm' | 'decline' | 'undo' | 'time-over' | 'tell-all' | 'invite' | 'end' | 'drop'
  readonly room: number
}
const deeds = (weight: number, does: Deed['does']) => ({ weight, arbitrary: fc.constant(does) })
const deed: fc.Arbitrary<Deed> = fc.record({
  does: fc.oneof(
    deeds(30, 'switch'),
    deeds(25, 'type'),
    deeds(20, 'press'),
    deeds(12, 'confirm'),
    deeds(2, 'decline'),
    deeds(5, 'undo'),
    deeds(8, 'time-over'),
    deeds(2, 'tell-all'),
    deeds(2, 'invite'),
    deeds(2, 'end'),
    deeds(1, 'drop'),
  ),
  room: fc.nat(3),
})

/** The hand, and what it was shown: in which room each word was written. */
function hurriedHand(client: CaseClient, talk: TalkStore, rooms: readonly Audience[]) {
  const shownIn = new Map<string, Audience>()
  let shown: Audience = 'all'
  let count = 0
  let switches = 0
  const mark = (audience: Audience) => {
    const word = `№${++count}`
    shownIn.set(word, audience)
    return word
  }
  const enter = (room: Audience) => {
    if (room !== shown) switches++
    shown = room
    talk.guard({ type: 'entered', room, alone: false })
  }
  enter('all')
  return {
    shownIn,
    switches: () => switches,
    switch: enter,
    type: () => talk.write(shown, `${talk.state().words[shown] ?? ''} ${mark(shown)}`),
    press: () => talk.press(shown),
    confirm: () => talk.guard({ type: 'confirmed', seen: client.store.seen(shown) }),
    decline: () => talk.guard({ type: 'declined' }),
    undo: (room: Audience) => talk.guard({ type: 'taken-back', audience: room }),
    'time-over': (room: Audience) => talk.guard({ type: 'time-over', audience: room }),
    'tell-all': () => talk.say('all', mark('all')),
    finish() {
      for (const room of rooms) talk.guard({ type: 'time-over', audience: room })
      talk.guard({ type: 'declined' })
    },
  }
}

describe('[CAU-210] a thousand fast switches', () => {
  it('[CAU-210] every word stands once, where its author was shown that it would, and nowhere else', async () => {
    const { clock, scene, world, mediator, parties, rooms } = await meeting()
    const talk = createTalkStore(mediator)
    const hand = hurriedHand(mediator, talk, rooms)
    const plan = fc.sample(deed, { numRuns: 5_500, seed: 20_261_129 })
    for (const [at, { does, room }] of plan.entries()) {
      const to = rooms[room] ?? 'all'
      const side = scene.sides[room % 3] ?? scene.sides[0]
      clock.pass(3_000)
      if (does === 'invite') {
        void mediator
          .act(caucusInvite, { sideId: side })
          .then(() => parties[room % 3]?.act(caucusEnter, { sideId: side, company: 'alone' }))
      } else if (does === 'end') void mediator.act(caucusEnd, { sideId: side })
      else if (does === 'drop') world.server.io.disconnectSockets(true)
      else hand[does](to)
      if (at % 2 === 0) await turn()
    }
    expect(hand.switches()).toBeGreaterThan(1_000)
    hand.finish()
    await expect.poll(() => mediator.outbox.entries().filter(({ state }) => state.kind !== 'stored')).toEqual([])
    const stored = new Map<Audience, readonly string[]>()
    for (const audience of [...(await world.log.state(scene.caseId)).audiences.keys()]) {
      const bodies = await world.log.readWhole(scene.caseId, audience)
      stored.set(
        audience,
        bodies.filter(({ type }) => type === 'message:posted').flatMap(({ body }) => marksIn(String(body))),
      )
    }
    const unsent = Object.entries(talk.state().words).map(([audience, text]) => [audience as Audience, marksIn(text ?? '')] as const) // keys of this record
    const found = [...stored, ...unsent].flatMap(([audience, words]) => words.map((word) => [word, audience] as const))
    expect(found.filter(([word, audience]) => hand.shownIn.get(word) !== audience)).toEqual([])
    expect(new Set(found.map(([word]) => word)).size).toBe(found.length)
    expect(found).toHaveLength(hand.shownIn.size)
    expect([...stored.values()].flat().length).toBeGreaterThan(500)
    for (const [index, party] of parties.entries()) {
      const own = sideAudience(scene.sides[index] ?? scene.sides[0])
      for (const audience of rooms) {
        const theirs = audience === 'all' || audience === own
        await expect.poll(() => said(party, audience)).toEqual(theirs ? (stored.get(audience) ?? []) : [])
      }
    }
  })
})
