// The mediator's connections come and go, through real sockets: what no connection was there for counts with nobody.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { newCommandId, openSession, type SupplyCase, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, type SocketWorld, say, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediatorMove } from '#shared/caucus/minutes/minutes-protocol.ts'
import { minutesFold } from '#shared/caucus/minutes/minutes-state.ts'
import { selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { stateIn } from '#shared/log/fold.ts'
import { makeMediatorConnections } from './mediator-connections.ts'

const clock = setClock()
let storage: Storage
let scene: SupplyCase
let sockets: SocketWorld
let stop: () => Promise<void>
/** The server is gone before it can write down anything. */
let kill: () => Promise<void>

async function start(): Promise<void> {
  let killed = false
  const connections = makeMediatorConnections({
    log: {
      loaded: (caseId) => sockets.log.loaded(caseId),
      step: (...given) => (killed ? Promise.resolve([]) : sockets.log.step(...given)),
    },
    newStep: newCommandId,
    onTrouble: (cause) => console.error(cause),
  })
  sockets = await socketWorld({ storage, clock, lanes: [connections.lane] })
  stop = async () => {
    await connections.close()
    await sockets.close()
  }
  kill = async () => {
    killed = true
    await sockets.close()
  }
}

beforeEach(async () => {
  storage = memoryStorage()
  scene = supplyCase()
  await start()
  await openSession(sockets.log, scene)
})
afterEach(async () => {
  await stop()
  await storage.close()
})

async function enter(person: { id: string }) {
  const socket = sockets.connect(scene.caseId, person.id)
  await connected(socket)
  return socket
}
const known = async () =>
  stateIn((await sockets.log.state(scene.caseId)).audiences, minutesFold, selfAudience(scene.mediator.id)) ?? minutesFold.initial
const place = async () => (await known()).place

it('[CAU-202] with the last of a mediator’s connections their place ends, and not before', async () => {
  const room = sideAudience(scene.sides[0])
  const [laptop, phone] = [await enter(scene.mediator), await enter(scene.mediator)]
  expect(await say(phone, mediatorMove, { place: room })).toMatchObject({ ok: true })
  const party = await enter(scene.people[0])
  party.disconnect()
  laptop.disconnect()
  await expect.poll(() => sockets.server.io.sockets.sockets.size).toBe(1)
  expect(await place()).toBe(room)
  clock.pass(60_000)
  phone.disconnect()
  await expect.poll(place).toBeUndefined()
  expect((await known()).spent).toEqual([{ place: room, whole: 60_000, session: 60_000 }])
})

it('[CAU-202] a server that stops ends it; what a killed one has not seen the end of ends when the mediator is back', async () => {
  const room = sideAudience(scene.sides[0])
  await say(await enter(scene.mediator), mediatorMove, { place: room })
  await stop()
  await start()
  expect(await place()).toBeUndefined()
  const back = await enter(scene.mediator)
  await say(back, mediatorMove, { place: room })
  await kill()
  clock.pass(8 * 3_600_000)
  await start()
  await enter(scene.mediator)
  await expect.poll(place).toBeUndefined()
  expect((await known()).spent).toEqual([{ place: room, whole: 900_000, session: 900_000 }])
})
