// The mediator's connection drops and comes back, through real sockets; time is brought forward by hand.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { act, idOf, newCommandId } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { type LaneWorld, laneWorld, type MakeLane } from '#server/testing/lane-world.ts'
import { type MovingTimers, movingTimers } from '#server/testing/moving-timers.ts'
import { say } from '#server/testing/socket-world.ts'
import { sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { viewOf } from '#shared/log/decide.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { isLineInterrupted } from '#shared/rooms/line-state.ts'
import { roomLock } from '#shared/rooms/lock-protocol.ts'
import { LINE_LOST_AFTER, makeMediatorLine } from './mediator-line.ts'
import { ALONE, type OtherLines, sharedLines } from './shared-lines.ts'

const clock = setClock()
let timers: MovingTimers
let world: LaneWorld

function lineWith(elsewhere: OtherLines): MakeLane {
  return (log) => makeMediatorLine({ log, timers, newStep: newCommandId, elsewhere, onTrouble: (cause) => console.error(cause) })
}

beforeEach(async () => {
  timers = movingTimers()
  world = await laneWorld(clock, lineWith(ALONE))
})
afterEach(() => world.close())

const interrupted = async () => isLineInterrupted(viewOf((await world.sockets().log.state(world.scene.caseId)).audiences))
const told = async () =>
  (await world.sockets().log.readWhole(world.scene.caseId, 'all'))
    .map(({ type }) => type as string)
    .filter((type) => type.startsWith('line:'))
async function post(socket: Awaited<ReturnType<LaneWorld['enter']>>, audience: Audience) {
  const head = (await world.sockets().log.state(world.scene.caseId)).audiences.get(audience)
  const id = newCommandId()
  const seen = { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  return say(socket, messagePost, { audience, id, text: 'Тыңдап тұрмын' }, { id, seen })
}
/** The server has seen that this connection is gone. */
const gone = async (socket: Awaited<ReturnType<LaneWorld['enter']>>) => {
  const { id } = socket
  socket.disconnect()
  await expect.poll(() => id !== undefined && world.sockets().server.io.sockets.sockets.has(id)).toBe(false)
}

describe('[ROO-145] the mediator’s line', () => {
  it('[ROO-145] [ROO-147] is told after fifteen seconds without it, closes the joint room alone, and opens it when it is back', async () => {
    const party = await world.enter(world.scene.people[0])
    const guide = await world.enter(world.scene.mediator)
    await gone(guide)
    timers.advance(LINE_LOST_AFTER - 1_000)
    expect(await post(party, 'all')).toMatchObject({ ok: true })
    timers.advance(1_000)
    await expect.poll(interrupted).toBe(true)
    expect(await post(party, 'all')).toMatchObject({ ok: false, problem: { kind: 'unavailable', reason: 'messaging/line-interrupted' } })
    expect(await post(party, `direct:${world.scene.people[0].id}`)).toMatchObject({ ok: true })
    expect(await post(party, sideAudience(world.scene.sides[0]))).toMatchObject({ ok: true })
    await world.enter(world.scene.mediator)
    await expect.poll(interrupted).toBe(false)
    expect(await post(party, 'all')).toMatchObject({ ok: true })
    expect(await told()).toEqual(['line:interrupted', 'line:restored'])
  })

  it('[ROO-145] that is back in time is not told at all', async () => {
    await gone(await world.enter(world.scene.mediator))
    timers.advance(LINE_LOST_AFTER - 1_000)
    await world.enter(world.scene.mediator)
    timers.advance(LINE_LOST_AFTER * 2)
    await act(world.sockets().log, world.scene.mediator, roomLock, { audience: 'all', what: 'files' })
    expect(await told()).toEqual([])
  })

  it('[ROO-146] stays while a second device of theirs is connected', async () => {
    const one = await world.enter(world.scene.mediator)
    await world.enter(world.scene.mediator)
    await gone(one)
    timers.advance(LINE_LOST_AFTER * 2)
    await act(world.sockets().log, world.scene.mediator, roomLock, { audience: 'all', what: 'files' })
    expect(await told()).toEqual([])
  })

  it('[ROO-145] is nobody’s matter without a session, and is looked at when one begins', async () => {
    await act(world.sockets().log, world.scene.mediator, sessionEnd, {})
    await gone(await world.enter(world.scene.mediator))
    timers.advance(LINE_LOST_AFTER * 2)
    await act(world.sockets().log, world.scene.mediator, sessionStart, {})
    expect(await told()).toEqual([])
    timers.advance(LINE_LOST_AFTER)
    await expect.poll(interrupted).toBe(true)
  })

  it('[ROO-145] is looked at anew by a server that was started again', async () => {
    await world.enter(world.scene.mediator)
    await world.stop()
    await world.start()
    await world.enter(world.scene.people[0])
    timers.advance(LINE_LOST_AFTER)
    await expect.poll(interrupted).toBe(true)
    await world.enter(world.scene.mediator)
    await expect.poll(interrupted).toBe(false)
  })

  it('[ROO-241] what the storage did not take is written down with the next try, the interruption and its end', async () => {
    const troubles: unknown[] = []
    let isFull = true
    await world.stop()
    await world.start((log) =>
      makeMediatorLine({
        log: { ...log, step: (...given) => (isFull ? Promise.reject(new Error('no room on the disk')) : log.step(...given)) },
        timers,
        newStep: newCommandId,
        elsewhere: ALONE,
        onTrouble: (cause) => void troubles.push(cause),
      }),
    )
    await world.enter(world.scene.people[0])
    for (const failures of [1, 2]) {
      timers.advance(LINE_LOST_AFTER)
      await expect.poll(() => troubles.length).toBe(failures)
    }
    expect(await interrupted()).toBe(false)
    isFull = false
    timers.advance(LINE_LOST_AFTER)
    await expect.poll(interrupted).toBe(true)
    isFull = true
    await world.enter(world.scene.mediator)
    await expect.poll(() => troubles.length).toBe(3)
    isFull = false
    timers.advance(LINE_LOST_AFTER)
    await expect.poll(interrupted).toBe(false)
  })
})

describe('[ROO-146] on several servers', () => {
  it('[ROO-146] a mediator on another one keeps the room open, for twelve seconds after that server has died', async () => {
    const lines = (seed: string) =>
      sharedLines({
        records: world.storage.records,
        clock,
        timers,
        entropy: seededEntropy(seed),
        onTrouble: (cause) => console.error(cause),
      })
    const other = lines('other')
    await world.stop()
    await world.start(lineWith(lines('this')))
    await world.enter(world.scene.people[0])
    other.tell(world.scene.caseId, true)
    await expect.poll(async () => (await world.storage.records.all('mediator-lines')).length).toBe(1)
    timers.advance(LINE_LOST_AFTER)
    await act(world.sockets().log, world.scene.mediator, roomLock, { audience: 'all', what: 'files' })
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
    expect(await world.storage.records.all('mediator-lines')).toEqual([])
    await other.close()
  })

  it('[ROO-146] what a server says goes when nobody is left there', async () => {
    const deps = { records: world.storage.records, clock, timers, onTrouble: (cause: unknown) => console.error(cause) }
    const one = sharedLines({ ...deps, entropy: seededEntropy('one') })
    const two = sharedLines({ ...deps, entropy: seededEntropy('two') })
    one.tell(world.scene.caseId, true)
    await expect.poll(() => two.has(world.scene.caseId)).toBe(true)
    expect(await one.has(world.scene.caseId)).toBe(false)
    expect(await two.has(idOf('other'))).toBe(false)
    one.tell(world.scene.caseId, false)
    await expect.poll(() => two.has(world.scene.caseId)).toBe(false)
    one.tell(world.scene.caseId, true)
    await one.close()
    expect(await two.has(world.scene.caseId)).toBe(false)
  })
})
