// A right that ends while its holder is connected, through real sockets.
import type { Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { act, idOf, newCommandId, openSession, supplyCase } from '#server/testing/case-world.ts'
import { type SetClock, setClock } from '#server/testing/clock.ts'
import { connected, resumeAll, type SocketWorld, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { personAdd, personEnter } from '#shared/cases/people-protocol.ts'
import { asId, type GrantId, type ParticipantId } from '#shared/kernel/ids.ts'
import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { defineCommand } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { type ResumeAnswer, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import { grantEnded, grantGiven, roomJoined } from '#shared/rooms/room-protocol.ts'
import { makeTimedGrants, type TimedGrants } from './timed-grants.ts'

const world = supplyCase()
const { caseId, mediator } = world
const expert = idOf<ParticipantId>('expert')
const grantId = asId<GrantId>('timed'.padEnd(22, '_'))
const MINUTE = 60_000

/** No command gives a timed grant yet. */
const lend = defineCommand('test:lend', {
  input: z.strictObject({ participantId: idField<ParticipantId>(), from: z.int(), until: z.int() }),
})
const lendRule = systemRule({
  command: lend,
  sees: () => ['all'],
  decide: (_view, { participantId, from, until }) =>
    decided(
      newEvent(grantGiven, 'all', { grantId, participantId, role: 'representative', from, until }),
      newEvent(roomJoined, 'all', { participantId, grantId }),
    ),
})

const end = defineCommand('test:end', { input: z.strictObject({ grantId: idField<GrantId>() }) })
const endRule = systemRule({
  command: end,
  sees: () => ['all'],
  decide: (_view, input) => decided(newEvent(grantEnded, 'all', input)),
})

let clock: SetClock
let sockets: SocketWorld
let grants: TimedGrants
let listener: Socket
let heard: WireEvent[]

beforeEach(async () => {
  clock = setClock()
  sockets = await socketWorld({ storage: memoryStorage(), clock, rules: [lendRule, endRule] })
  const { log, timers, server } = sockets
  await openSession(log, world)
  const person = {
    participantId: expert,
    sideId: world.sides[0] ?? idOf('none'),
    role: 'representative',
    name: 'Мария Жук',
    language: 'ru',
  } as const
  await act(log, mediator, personAdd, person)
  await log.step(caseId, personEnter, { participantId: expert }, newCommandId())
  // Of the right that everybody of a side has to the joint room, this person keeps none.
  const own = (await log.readWhole(caseId, 'all'))
    .map(({ body }) => JSON.parse(body ?? '{}'))
    .find(({ participantId }) => participantId === expert)
  await log.step(caseId, end, { grantId: own.grantId }, newCommandId())
  grants = makeTimedGrants({ log, clock, timers, turned: (id) => server.turned(id), onTrouble: (cause) => console.error(cause) })
  sockets.subscribers.add(grants.subscriber)
  listener = sockets.connect(caseId, expert)
  heard = []
  listener.on(WIRE.event, (events: readonly WireEvent[]) => heard.push(...events))
  await connected(listener)
})
afterEach(async () => {
  grants.close()
  await sockets.close()
})

async function lendFor(from: number, until: number): Promise<void> {
  await sockets.log.step(caseId, lend, { participantId: expert, from, until }, newCommandId())
}

async function say(text: string): Promise<void> {
  const folded = (await sockets.log.state(caseId)).audiences.get('all')
  const id = newCommandId()
  const seen = { audience: 'all' as const, epoch: folded?.epoch ?? 0, seq: folded?.seq ?? 0, hash: folded?.hash ?? '' }
  await act(sockets.log, mediator, messagePost, { audience: 'all', id, text }, { id, seen })
}

/** What has arrived by now: an answer on the same line comes after everything that was sent before it. */
async function said(): Promise<readonly string[]> {
  await resumeAll(listener)
  return heard.filter(({ type }) => type === messagePosted.name).map(({ body }) => JSON.parse(body ?? '{}').text)
}

const textsIn = ({ events }: ResumeAnswer) =>
  events.filter(({ type }) => type === messagePosted.name).map(({ body }) => JSON.parse(body ?? '{}').text)

describe('[ROO-8] a right that ends', () => {
  it('[ROO-8] is over for deliveries, resuming and commands at its very time, before any timer has rung', async () => {
    await lendFor(clock.now(), clock.now() + MINUTE)
    await say('пока можно')
    expect(await said()).toEqual(['пока можно'])
    clock.pass(MINUTE)
    await say('уже нельзя')
    expect(await said()).toEqual(['пока можно'])
    expect(textsIn(await resumeAll(listener))).toEqual(['пока можно'])
    const fresh = sockets.connect(caseId, expert)
    await connected(fresh)
    expect(textsIn(await resumeAll(fresh))).toEqual(['пока можно'])
    const me = { kind: 'person', caseId, id: expert, role: 'representative', sideId: world.sides[0] ?? idOf('none') } as const
    const id = newCommandId()
    await expect(act(sockets.log, me, messagePost, { audience: 'all', id, text: 'Слышно?' }, { id })).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    })
  })

  it('[ROO-8] is written down once by a step when its time comes, and its holder hears that as the last thing', async () => {
    await lendFor(clock.now(), clock.now() + MINUTE)
    await say('пока можно')
    clock.pass(MINUTE)
    sockets.timers.advance(MINUTE)
    const ends = async () =>
      (await sockets.log.readWhole(caseId, 'all')).filter(({ type, body }) => type === grantEnded.name && body?.includes(grantId))
    await expect.poll(ends).toHaveLength(1)
    await expect.poll(() => heard.at(-1)?.type).toBe(grantEnded.name)
    grants.subscriber.loaded?.(caseId)
    await say('уже нельзя')
    expect(await said()).toEqual(['пока можно'])
    expect(await ends()).toHaveLength(1)
    const { audiences } = await resumeAll(listener)
    expect(audiences.find(({ audience }) => audience === 'all')?.state).not.toBe('more')
  })

  it('[ROO-8] that begins later brings its holder in when its time comes', async () => {
    await lendFor(clock.now() + MINUTE, clock.now() + 2 * MINUTE)
    await say('ещё рано')
    expect(await said()).toEqual([])
    const joined = new Promise((resolve) => listener.once(WIRE.joined, resolve))
    clock.pass(MINUTE)
    sockets.timers.advance(MINUTE)
    expect(await joined).toBe('all')
    await say('уже можно')
    expect(await said()).toEqual(['уже можно'])
    expect(textsIn(await resumeAll(listener))).toEqual(['ещё рано', 'уже можно'])
  })
})
