// When a joint call goes through the SFU, and what devices are told of it. The SFU here answers by name; a real one is tried in real-sfu.test.ts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { act, openSession, supplyCase } from '#server/testing/case-world.ts'
import { connected, type SocketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { SignalData } from '#shared/calls/call-wire.ts'
import { callEnd, callOpen, callPause, callResume } from '#shared/calls/calls-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import { BROKEN_MS } from './case-calls.ts'
import type { Sfu } from './sfu.ts'
import { CANDIDATE, type CallDevice, callDevice, Refused } from './testing/call-device.ts'
import { callWorld } from './testing/call-world.ts'

/** Writes down what it is asked for, and can go. */
function answeringSfu() {
  const asked: string[] = []
  let lose: () => void = () => undefined
  const state = { ready: true }
  const sfu: Sfu = {
    isReady: () => state.ready,
    open(onLost) {
      lose = onLost
      asked.push('open')
      return {
        take: async (of) => `answer to ${of}`,
        give: async (to, of) => `${of} for ${to}`,
        async given(to, of, answer) {
          asked.push(`given ${to} ${of} ${answer}`)
        },
        candidate: (to, of) => void asked.push(`candidate ${to} ${of}`),
        leave: (member) => void asked.push(`leave ${member}`),
        close: () => void asked.push('close'),
      }
    },
    close: () => undefined,
  }
  return { sfu, asked, state, lose: () => lose() }
}

const scene = supplyCase(4)
const { caseId, mediator, people, sides } = scene
const OFFER: SignalData = { description: { type: 'offer', sdp: 'v=0\r\n' } }

let outside: ReturnType<typeof answeringSfu>
let world: SocketWorld
let devices: readonly CallDevice[]
beforeEach(async () => {
  outside = answeringSfu()
  world = await callWorld({ storage: memoryStorage(), sfu: outside.sfu })
  await openSession(world.log, scene)
  await act(world.log, mediator, callOpen, {})
  const made: CallDevice[] = []
  for (const { id } of [mediator, ...people]) {
    const socket = world.connect(caseId, id)
    await connected(socket)
    made.push(callDevice(socket))
  }
  devices = made
})
afterEach(() => world.close())

async function joinAll(some: readonly CallDevice[]): Promise<readonly MediaId[]> {
  const ids: MediaId[] = []
  for (const each of some) ids.push((await each.join('all')).mediaId)
  return ids
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.message : String(error)),
  )

describe('a joint call of many', () => {
  it('[CAL-30] goes on through the SFU with the fifth device; the others are asked to join anew, and nothing rests for it', async () => {
    await joinAll(devices.slice(0, 4))
    expect(outside.asked).toEqual([])
    const fifth = await devices[4]?.join('all')
    expect(fifth).toMatchObject({ form: 'sfu', ice: { policy: 'all' } })
    expect(fifth?.members).toHaveLength(1)
    for (const each of devices.slice(0, 4)) await expect.poll(() => each.outs).toEqual([{ audience: 'all', reason: 'anew' }])
    expect(devices[4]?.outs).toEqual([])
    await joinAll(devices.slice(0, 4))
    await expect.poll(() => devices[4]?.members('all')?.length).toBe(5)
    world.timers.advance(BROKEN_MS)
    expect(await refusal(act(world.log, mediator, callPause, {}))).toBe('accepted') // it was running still
    // And again after the pause, at once.
    await act(world.log, mediator, callResume, {})
    expect(await devices[1]?.join('all')).toMatchObject({ form: 'sfu' })
    await act(world.log, mediator, callEnd, {})
    await act(world.log, mediator, callOpen, {})
    expect(await devices[1]?.join('all')).toMatchObject({ form: 'mesh' })
    expect(outside.asked.filter((what) => what === 'open' || what === 'close')).toEqual(['open', 'close', 'open', 'close'])
  })

  it('[CAL-30] rests when its mediator does not come back into it', async () => {
    await joinAll(devices.slice(0, 4))
    await devices[4]?.join('all')
    await joinAll(devices.slice(1, 4))
    world.timers.advance(BROKEN_MS)
    for (const each of devices.slice(1)) await expect.poll(() => each.outs.at(-1)).toEqual({ audience: 'all', reason: 'paused' })
  })

  it('[CAL-31] each device hears the others through it, by the signals that it knows', async () => {
    await joinAll(devices.slice(0, 4))
    const [one, two] = [devices[4], devices[0]]
    const first = (await one?.join('all'))?.mediaId
    const second = (await two?.join('all'))?.mediaId
    if (!one || !two || !first || !second) throw new Error('both are in the call')
    await one.signal(first, OFFER)
    await expect.poll(() => one.signals).toEqual([{ from: first, data: { description: { type: 'answer', sdp: `answer to ${first}` } } }])
    await two.signal(second, OFFER)
    await expect
      .poll(() => one.signals.at(-1))
      .toEqual({ from: second, data: { description: { type: 'offer', sdp: `${second} for ${first}` } } })
    await expect
      .poll(() => two.signals.at(-1))
      .toEqual({ from: first, data: { description: { type: 'offer', sdp: `${first} for ${second}` } } })
    await one.signal(second, { description: { type: 'answer', sdp: 'v=0\r\ns=mine\r\n' } })
    await one.signal(second, CANDIDATE)
    await one.signal(first, CANDIDATE)
    expect(outside.asked.slice(1)).toEqual([
      `given ${first} ${second} v=0\r\ns=mine\r\n`,
      `candidate ${first} ${second}`,
      `candidate ${first} ${first}`,
    ])
    // Nothing that a device says to another goes there itself, whatever it is.
    expect(await refusal(one.signal(second, OFFER))).toBe('invalid')
    expect(await refusal(one.signal(first, { description: { type: 'answer', sdp: 'v=0\r\n' } }))).toBe('invalid')
    expect(two.signals).toHaveLength(2)
    await one.leave()
    await expect.poll(() => outside.asked.at(-1)).toBe(`leave ${first}`)
  })

  it('[CAL-1] its room is gone when everybody has left', async () => {
    await joinAll(devices.slice(0, 4))
    await devices[4]?.join('all')
    for (const { socket } of devices) socket.disconnect()
    await expect.poll(() => outside.asked.at(-1)).toBe('close')
  })

  it('[CAL-32] a talk apart never goes through it', async () => {
    const room = sideAudience(sides[0])
    await act(world.log, mediator, callPause, {})
    expect(await devices[0]?.join(room)).toMatchObject({ form: 'mesh', ice: { policy: 'relay' } })
    expect(await devices[1]?.join(room)).toMatchObject({ form: 'mesh' })
    expect(outside.asked).toEqual([])
  })

  it('[CAL-33] when it is lost four go on between themselves, and the fifth is told how many can be in the call', async () => {
    await joinAll(devices.slice(0, 4))
    await devices[4]?.join('all')
    await joinAll(devices.slice(0, 4))
    expect((await devices[0]?.look())?.mostJoint).toBe(16)
    outside.state.ready = false
    outside.lose()
    for (const each of devices) await expect.poll(() => each.outs.at(-1)).toEqual({ audience: 'all', reason: 'anew' })
    expect((await devices[0]?.look())?.mostJoint).toBe(4)
    for (const each of devices.slice(0, 4)) expect(await each.join('all')).toMatchObject({ form: 'mesh', ice: { policy: 'relay' } })
    expect(await refusal(devices[4]?.join('all') ?? Promise.resolve())).toBe('conflict calls/full')
  })
})
