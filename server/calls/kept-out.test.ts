// A lock, and the end of a room, put devices out of a call that runs: whether they want to or not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCommandId } from '#server/testing/case-world.ts'
import { accepted, type Room, startSession } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { callOpen } from '#shared/calls/calls-protocol.ts'
import { roomAudience } from '#shared/kernel/audience.ts'
import { asId, type RoomId } from '#shared/kernel/ids.ts'
import { groupEnd, groupEnter, groupOpen } from '#shared/rooms/group-protocol.ts'
import { roomLock, roomUnlock } from '#shared/rooms/lock-protocol.ts'
import { type CallDevice, callDevice, Refused } from './testing/call-device.ts'

let world: PlatformWorld
let room: Room
let devices: readonly [CallDevice, CallDevice, CallDevice]
beforeAll(async () => {
  world = await platformWorld()
  room = await startSession(world, await openCase(world, await setUpOwner(world)))
  devices = [callDevice(room.people[0].socket), callDevice(room.people[1].socket), callDevice(room.mediator.socket)]
}, 60_000)
afterAll(() => world.close())

const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.message : String(error)),
  )

describe('a call that runs', () => {
  it('[CAL-421] is left by everybody but the mediator when calls are locked there, whatever their devices do', async () => {
    const [first, second, mediator] = devices
    accepted(await say(mediator.socket, callOpen, {}))
    for (const each of devices) await each.join('all')
    accepted(await say(mediator.socket, roomLock, { audience: 'all', what: 'calls' }))
    for (const each of [first, second]) await expect.poll(() => each.outs).toEqual([{ audience: 'all', reason: 'removed' }])
    await expect.poll(() => mediator.members('all')?.map(({ participantId }) => participantId)).toEqual([room.mediator.me])
    expect(await reasonOf(first.relay())).toBe('conflict calls/not-in-call')
    expect(await reasonOf(first.join('all'))).toBe('conflict calls/locked')
    accepted(await say(mediator.socket, roomUnlock, { audience: 'all', what: 'calls' }))
    expect((await first.join('all')).members).toHaveLength(2)
    await mediator.leave()
  })

  it('[CAL-421] ends for all with the room for some that it was in', async () => {
    const [first, , mediator] = devices
    const roomId = asId<RoomId>(newCommandId())
    const audience = roomAudience(roomId)
    const people = [room.people[0].me]
    accepted(await say(mediator.socket, groupOpen, { roomId, name: 'Заңгерлер', people, end: { way: 'open' } }))
    accepted(await say(first.socket, groupEnter, { roomId }))
    for (const each of [first, mediator]) await each.join(audience)
    accepted(await say(mediator.socket, groupEnd, { roomId }))
    for (const each of [first, mediator]) await expect.poll(() => each.outs.at(-1)).toEqual({ audience, reason: 'removed' })
  })
})
