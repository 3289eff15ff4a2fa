// What the installation's settings make of calls, and what a start leaves of them.
import { describe, expect, it } from 'vitest'
import { accepted, device, startSession } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { callOpen, callPause } from '#shared/calls/calls-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { RETURN_MS } from './follow-case.ts'
import { callDevice, Refused } from './testing/call-device.ts'

const TURN = { TURN_URLS: 'turn:turn.example.kz:3478', TURN_SECRET: 'a-secret-of-the-relay' }
const RELAY = { ...TURN, CALLS_JOINT: 'relay', CALLS_APART: 'relay' }

async function sceneIn(world: PlatformWorld) {
  const open = await openCase(world, await setUpOwner(world))
  const room = await startSession(world, open)
  return {
    open,
    room,
    mediator: callDevice(room.mediator.socket),
    first: callDevice(room.people[0].socket),
    side: sideAudience(room.sides[0]),
  }
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.message : String(error)),
  )

describe('an installation', () => {
  it('[CAL-17] without calls knows of none: each message is as unknown as any other, and opening is refused', async () => {
    const world = await platformWorld({ env: { ...RELAY, CALLS: '0' } })
    const { mediator, first } = await sceneIn(world)
    for (const asked of [first.look(), first.join('all'), first.leave(), first.status(true), first.relay()])
      expect(await refusal(asked)).toBe('unsupported realtime/unknown-message')
    expect(await say(mediator.socket, callOpen, {})).toEqual({ ok: false, problem: { kind: 'unsupported', reason: 'calls/off' } })
    await world.close()
  })

  it.each([
    ['1', '(self)'],
    ['0', '()'],
  ])('[CAL-23] with CALLS=%s its pages may ask for microphone and camera: %s', async (on, who) => {
    const world = await platformWorld({ env: { CALLS: on } })
    const policy = (await fetch(world.url)).headers.get('permissions-policy')
    expect(policy).toContain(`camera=${who}, microphone=${who}, geolocation=()`)
    await world.close()
  })

  it('[CAL-16] without a relay refuses, with the reason, what would need one', async () => {
    const world = await platformWorld({ env: { CALLS_JOINT: 'relay', CALLS_APART: 'relay' } })
    const { mediator, first, side } = await sceneIn(world)
    expect(await first.look()).toEqual({ joint: 'none', apart: 'none', mostJoint: 4, calls: [] })
    expect(await say(mediator.socket, callOpen, {})).toEqual({ ok: false, problem: { kind: 'unavailable', reason: 'calls/no-relay' } })
    expect(await refusal(first.join(side))).toBe('unavailable calls/no-relay')
    await world.close()
  })

  it('[CAL-16] on a single machine lets sound go from device to device, and says so', async () => {
    const world = await platformWorld()
    const { mediator, first } = await sceneIn(world)
    expect(await first.look()).toMatchObject({ joint: 'direct', apart: 'direct' })
    accepted(await say(mediator.socket, callOpen, {}))
    const one = await mediator.join('all')
    const { ice } = await first.join('all')
    expect(ice).toMatchObject({ policy: 'all', servers: [] })
    // Nothing is taken out of signals where there is nothing to hide.
    const host = {
      candidate: { candidate: 'candidate:1 1 udp 1 192.168.1.7 5 typ host', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null },
    }
    await first.signal(one.mediaId, host)
    await expect.poll(() => mediator.signals.map(({ data }) => data)).toEqual([host])
    await world.close()
  })

  it('[CAL-22] [CAL-11] that was killed lets devices join again, anew; a call without its mediator rests', async () => {
    const storage = memoryStorage()
    const before = await platformWorld({ storage, env: RELAY })
    const { open, mediator, first, side } = await sceneIn(before)
    accepted(await say(mediator.socket, callOpen, {}))
    const joined = await first.join('all')
    await mediator.join('all')
    const { installation } = before
    await before.stop()
    const after = await platformWorld({ storage, installation, env: RELAY })
    const back = await device(after, open.people[0]?.session ?? { token: '', caseId: '' })
    const again = callDevice(back.socket)
    expect((await again.look()).calls).toEqual([])
    const anew = await again.join('all', joined.mediaId)
    expect(anew.mediaId).not.toBe(joined.mediaId)
    expect(anew.members).toHaveLength(1)
    after.timers.advance(RETURN_MS)
    await expect.poll(() => back.events('all').find(({ type }) => type === 'call:paused')).toMatchObject({ by: 'system' })
    await expect.poll(() => again.outs).toEqual([{ audience: 'all', reason: 'paused' }])
    await again.join(side)
    await after.close()
  })

  it('[CAL-11] that was killed goes on with a call whose mediator comes back into it', async () => {
    const storage = memoryStorage()
    const before = await platformWorld({ storage, env: RELAY })
    const { open, mediator } = await sceneIn(before)
    accepted(await say(mediator.socket, callOpen, {}))
    await before.stop()
    const after = await platformWorld({ storage, installation: before.installation, env: RELAY })
    // whoever is faster than the mediator, and leaves again, ends nothing
    const faster = callDevice((await device(after, open.people[0]?.session ?? { token: '', caseId: '' })).socket)
    await faster.join('all')
    await faster.join('all')
    await faster.leave()
    const back = await device(after, open.mediator)
    await callDevice(back.socket).join('all')
    after.timers.advance(RETURN_MS)
    accepted(await say(back.socket, callPause, {}))
    await expect.poll(() => back.events('all').at(-1)).toMatchObject({ type: 'call:paused', by: back.me })
    await after.close()
  })
})
