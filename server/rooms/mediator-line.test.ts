// The mediator's connection drops and comes back, through real sockets; time is brought forward by hand.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { act, idOf, newCommandId, openSession, type SupplyCase, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { type MovingTimers, movingTimers } from '#server/testing/moving-timers.ts'
import { connected, type SocketWorld, say, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { viewOf } from '#shared/log/decide.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { isLineInterrupted } from '#shared/rooms/line-state.ts'
import { roomLock } from '#shared/rooms/lock-protocol.ts'
import { LINE_LOST_AFTER, makeMediatorLine } from './mediator-line.ts'
import { ALONE, type OtherLines, sharedLines } from './shared-lines.ts'

const clock = setClock()
let storage: Storage
let timers: MovingTimers
let scene: SupplyCase
let sockets: SocketWorld
let stop: () => Promise<void>

async function start(elsewhere: OtherLines = ALONE): Promise<void> {
  const line = makeMediatorLine({
    log: { loaded: (caseId) => sockets.log.loaded(caseId), step: (...given) => sockets.log.step(...given) },
    timers,
    newStep: newCommandId,
    elsewhere,
    onTrouble: (cause) => console.error(cause),
  })
  sockets = await socketWorld({ storage, clock, lanes: [line.lane] })
  sockets.subscribers.add(line.subscriber)
  stop = async () => {
    await line.close()
    await sockets.close()
  }
}

beforeEach(async () => {
  storage = memoryStorage()
  timers = movingTimers()
  scene = supplyCase()
  await start()
  await openSession(sockets.log, scene)
})
afterEach(async () => {
  await stop()
  await storage.close()
})

const enter = async (person: { id: string }) => {
  const socket = sockets.connect(scene.caseId, person.id)
  await connected(socket)
  return socket
}
const interrupted = async () => isLineInterrupted(viewOf((await sockets.log.state(scene.caseId)).audiences))
const told = async () =>
  (await sockets.log.readWhole(scene.caseId, 'all')).map(({ type }) => type as string).filter((type) => type.startsWith('line:'))
async function post(socket: Awaited<ReturnType<typeof enter>>, audience: Audience) {
  const head = (await sockets.log.state(scene.caseId)).audiences.get(audience)
  const id = newCommandId()
  const seen = { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  return say(socket, messagePost, { audience, id, text: 'Тыңдап тұрмын' }, { id, seen })
}
/** The server has seen that this connection is gone. */
const gone = async (socket: Awaited<ReturnType<typeof enter>>) => {
  const { id } = socket
  socket.disconnect()
  await expect.poll(() => id !== undefined && sockets.server.io.sockets.sockets.has(id)).toBe(false)
}

describe('[ROO-145] the mediator’s line', () => {
  it('[ROO-145] [ROO-147] is told after fifteen seconds without it, closes the joint room alone, and opens it when it is back', async () => {
    const party = await enter(scene.people[0])
    const guide = await enter(scene.mediator)
    await gone(guide)
    timers.advance(LINE_LOST_AFTER - 1_000)
    expect(await post(party, 'all')).toMatchObject({ ok: true })
    timers.advance(1_000)
    await expect.poll(interrupted).toBe(true)
    expect(await post(party, 'all')).toMatchObject({ ok: false, problem: { kind: 'unavailable', reason: 'messaging/line-interrupted' } })
    expect(await post(party, `direct:${scene.people[0].id}`)).toMatchObject({ ok: true })
    expect(await post(party, sideAudience(scene.sides[0]))).toMatchObject({ ok: true })
    await enter(scene.mediator)
    await expect.poll(interrupted).toBe(false)
    expect(await post(party, 'all')).toMatchObject({ ok: true })
    expect(await told()).toEqual(['line:interrupted', 'line:restored'])
  })

  it('[ROO-145] that is back in time is not told at all', async () => {
    await gone(await enter(scene.mediator))
    timers.advance(LINE_LOST_AFTER - 1_000)
    await enter(scene.mediator)
    timers.advance(LINE_LOST_AFTER * 2)
    await act(sockets.log, scene.mediator, roomLock, { audience: 'all', what: 'files' })
    expect(await told()).toEqual([])
  })

  it('[ROO-146] stays while a second device of theirs is connected', async () => {
    const one = await enter(scene.mediator)
    await enter(scene.mediator)
    await gone(one)
    timers.advance(LINE_LOST_AFTER * 2)
    await act(sockets.log, scene.mediator, roomLock, { audience: 'all', what: 'files' })
    expect(await told()).toEqual([])
  })

  it('[ROO-145] is nobody’s matter without a session, and is looked at when one begins', async () => {
    await act(sockets.log, scene.mediator, sessionEnd, {})
    await gone(await enter(scene.mediator))
    timers.advance(LINE_LOST_AFTER * 2)
    await act(sockets.log, scene.mediator, sessionStart, {})
    expect(await told()).toEqual([])
    timers.advance(LINE_LOST_AFTER)
    await expect.poll(interrupted).toBe(true)
  })

  it('[ROO-145] is looked at anew by a server that was started again', async () => {
    await enter(scene.mediator)
    await stop()
    await start()
    await enter(scene.people[0])
    timers.advance(LINE_LOST_AFTER)
    await expect.poll(interrupted).toBe(true)
    await enter(scene.mediator)
    await expect.poll(interrupted).toBe(false)
  })
})

describe('[ROO-146] on several servers', () => {
  it('[ROO-146] a mediator on another one keeps the room open, for twelve seconds after that server has died', async () => {
    const lines = (seed: string) =>
      sharedLines({ records: storage.records, clock, timers, entropy: seededEntropy(seed), onTrouble: (cause) => console.error(cause) })
    const other = lines('other')
    await stop()
    await start(lines('this'))
    await enter(scene.people[0])
    other.tell(scene.caseId, true)
    await expect.poll(async () => (await storage.records.all('mediator-lines')).length).toBe(1)
    timers.advance(LINE_LOST_AFTER)
    await act(sockets.log, scene.mediator, roomLock, { audience: 'all', what: 'files' })
    expect(await told()).toEqual([])
    // That server says nothing any more.
    clock.pass(60_000)
    await expect
      .poll(async () => {
        timers.advance(LINE_LOST_AFTER)
        clock.pass(LINE_LOST_AFTER)
        return interrupted()
      })
      .toBe(true)
    expect(await storage.records.all('mediator-lines')).toEqual([])
    await other.close()
  })

  it('[ROO-146] what a server says goes when nobody is left there', async () => {
    const deps = { records: storage.records, clock, timers, onTrouble: (cause: unknown) => console.error(cause) }
    const one = sharedLines({ ...deps, entropy: seededEntropy('one') })
    const two = sharedLines({ ...deps, entropy: seededEntropy('two') })
    one.tell(scene.caseId, true)
    await expect.poll(() => two.has(scene.caseId)).toBe(true)
    expect(await one.has(scene.caseId)).toBe(false)
    expect(await two.has(idOf('other'))).toBe(false)
    one.tell(scene.caseId, false)
    await expect.poll(() => two.has(scene.caseId)).toBe(false)
    one.tell(scene.caseId, true)
    await one.close()
    expect(await two.has(scene.caseId)).toBe(false)
  })
})
