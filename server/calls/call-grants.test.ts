// Rights that end by the clock, and how many a call holds; with sockets, and everything else handed in.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { makeTimedGrants, type TimedGrants } from '#server/rooms/timed-grants.ts'
import { act, idOf, newCommandId, openSession, supplyCase } from '#server/testing/case-world.ts'
import { type SetClock, setClock } from '#server/testing/clock.ts'
import { connected, type SocketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { callOpen } from '#shared/calls/calls-protocol.ts'
import { personAdd, personEnter } from '#shared/cases/people-protocol.ts'
import { asId, type GrantId, type ParticipantId } from '#shared/kernel/ids.ts'
import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { defineCommand } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { grantEnded, grantGiven, roomJoined } from '#shared/rooms/room-protocol.ts'
import { type CallDevice, callDevice, Refused } from './testing/call-device.ts'
import { callWorld } from './testing/call-world.ts'

const scene = supplyCase(4)
const { caseId, mediator, people, sides } = scene
const grantId = asId<GrantId>('timed'.padEnd(22, '_'))
const MINUTE = 60_000

/** No command gives a timed grant yet. */
const lend = defineCommand('test:lend', {
  input: z.strictObject({ participantId: idField<ParticipantId>(), until: z.int() }),
})
const lendRule = systemRule({
  command: lend,
  sees: () => ['all'],
  decide: (_view, { participantId, until }, { now }) =>
    decided(
      newEvent(grantGiven, 'all', { grantId, participantId, role: 'representative', from: now, until }),
      newEvent(roomJoined, 'all', { participantId, grantId }),
    ),
})
const end = defineCommand('test:end', { input: z.strictObject({ grantId: idField<GrantId>() }) })
const endRule = systemRule({ command: end, sees: () => ['all'], decide: (_view, input) => decided(newEvent(grantEnded, 'all', input)) })

/** Somebody who may be in the joint session for a minute, and no longer. */
async function guestForAMinute(): Promise<ParticipantId> {
  const participantId = idOf<ParticipantId>('expert')
  const name = 'Мария Жук'
  await act(world.log, mediator, personAdd, { participantId, sideId: sides[0], role: 'representative', name, language: 'ru' })
  await world.log.step(caseId, personEnter, { participantId }, newCommandId())
  const given = (await world.log.readWhole(caseId, 'all')).map(({ body }) => JSON.parse(body ?? '{}'))
  await world.log.step(caseId, end, { grantId: given.find((each) => each.participantId === participantId).grantId }, newCommandId())
  await world.log.step(caseId, lend, { participantId, until: clock.now() + MINUTE }, newCommandId())
  return participantId
}

let clock: SetClock
let world: SocketWorld
let grants: TimedGrants
beforeEach(async () => {
  clock = setClock()
  world = await callWorld({ storage: memoryStorage(), clock, rules: [lendRule, endRule] })
  await openSession(world.log, scene)
  grants = makeTimedGrants({ ...world, clock, turned: world.server.turned, onTrouble: (cause) => console.error(cause) })
  world.subscribers.add(grants.subscriber)
})
afterEach(async () => {
  grants.close()
  await world.close()
})

async function deviceOf(person: ParticipantId): Promise<CallDevice> {
  const socket = world.connect(caseId, person)
  await connected(socket)
  return callDevice(socket)
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? `${error.message} ${JSON.stringify(error.problem.details ?? {})}` : String(error)),
  )

describe('a call', () => {
  it('[CAL-18] holds four devices; the fifth is refused, and told how many can be in it', async () => {
    await act(world.log, mediator, callOpen, {})
    const devices = await Promise.all([mediator, ...people].map(({ id }) => deviceOf(id)))
    for (const each of devices.slice(0, 4)) await each.join('all')
    const [fifth] = devices.slice(4)
    expect(await refusal(fifth?.join('all') ?? Promise.resolve())).toBe('conflict calls/full {"most":4}')
    // One of the four takes another device: there is still room for them.
    const other = await deviceOf(people[0].id)
    await other.join('all')
    await devices[2]?.leave()
    expect((await fifth?.join('all'))?.members).toHaveLength(4)
  })

  it('[CAL-9] a right that ends by the clock ends signals at once, and with its event the place in the call', async () => {
    const guest = await deviceOf(await guestForAMinute())
    await act(world.log, mediator, callOpen, {})
    const guide = await deviceOf(mediator.id)
    const { mediaId } = await guide.join('all')
    const theirs = await guest.join('all')
    await guest.signal(mediaId)
    clock.pass(MINUTE)
    // The clock says so; no timer has rung yet.
    expect(await refusal(guide.signal(theirs.mediaId))).toBe('conflict calls/gone {}')
    expect(await refusal(guest.signal(mediaId))).toBe('conflict calls/not-in-call {}')
    await expect.poll(() => guest.outs).toEqual([{ audience: 'all', reason: 'removed' }])
    await expect.poll(() => guide.members('all')?.map((each) => each.mediaId)).toEqual([mediaId])
    expect(await refusal(guest.join('all'))).toBe('not-found {}')
    expect(guide.signals).toHaveLength(1)
  })

  it('[CAL-9] a right that ends by the clock ends the place of a device that says nothing', async () => {
    const guest = await deviceOf(await guestForAMinute())
    await act(world.log, mediator, callOpen, {})
    const guide = await deviceOf(mediator.id)
    const { mediaId } = await guide.join('all')
    await guest.join('all')
    clock.pass(MINUTE)
    world.timers.advance(MINUTE)
    await expect.poll(() => guest.outs).toEqual([{ audience: 'all', reason: 'removed' }])
    await expect.poll(() => guide.members('all')?.map((each) => each.mediaId)).toEqual([mediaId])
  })
})
