// The mediator's connections come and go, through real sockets: what no connection was there for counts with nobody.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newCommandId } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { type LaneWorld, laneWorld } from '#server/testing/lane-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { mediatorMove } from '#shared/caucus/minutes/minutes-protocol.ts'
import { minutesFold } from '#shared/caucus/minutes/minutes-state.ts'
import { selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { stateIn } from '#shared/log/fold.ts'
import { makeMediatorConnections } from './mediator-connections.ts'

const clock = setClock()
let world: LaneWorld
beforeEach(async () => {
  world = await laneWorld(clock, (log) =>
    makeMediatorConnections({ log, newStep: newCommandId, onTrouble: (cause) => console.error(cause) }),
  )
})
afterEach(() => world.close())

const known = async () =>
  stateIn((await world.sockets().log.state(world.scene.caseId)).audiences, minutesFold, selfAudience(world.scene.mediator.id)) ??
  minutesFold.initial
const place = async () => (await known()).place

it('[CAU-202] with the last of a mediator’s connections their place ends, and not before', async () => {
  const room = sideAudience(world.scene.sides[0])
  const [laptop, phone] = [await world.enter(world.scene.mediator), await world.enter(world.scene.mediator)]
  expect(await say(phone, mediatorMove, { place: room })).toMatchObject({ ok: true })
  const party = await world.enter(world.scene.people[0])
  party.disconnect()
  laptop.disconnect()
  await expect.poll(() => world.sockets().server.io.sockets.sockets.size).toBe(1)
  expect(await place()).toBe(room)
  clock.pass(60_000)
  phone.disconnect()
  await expect.poll(place).toBeUndefined()
  expect((await known()).spent).toEqual([{ place: room, whole: 60_000, session: 60_000 }])
})

it('[CAU-202] a server that stops ends it; what a killed one has not seen the end of ends when the mediator is back', async () => {
  const room = sideAudience(world.scene.sides[0])
  await say(await world.enter(world.scene.mediator), mediatorMove, { place: room })
  await world.stop()
  await world.start()
  expect(await place()).toBeUndefined()
  const back = await world.enter(world.scene.mediator)
  await say(back, mediatorMove, { place: room })
  await world.kill()
  clock.pass(8 * 3_600_000)
  await world.start()
  await world.enter(world.scene.mediator)
  await expect.poll(place).toBeUndefined()
  expect((await known()).spent).toEqual([{ place: room, whole: 900_000, session: 900_000 }])
})
