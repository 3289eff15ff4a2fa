// Calls over the whole platform: real sockets, real sign-in.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser } from '#server/testing/http-world.ts'
import { accepted, device, startSession } from '#server/testing/live-room.ts'
import { type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import type { CallMember } from '#shared/calls/call-wire.ts'
import { callEnd, callOpen, callPause, callResume } from '#shared/calls/calls-protocol.ts'
import { sessionEnd } from '#shared/cases/case-protocol.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { caucusEnd, caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { CALL_LIMITS } from './call-limits.ts'
import { BROKEN_MS } from './case-calls.ts'
import { CANDIDATE, type CallDevice, callDevice, Refused } from './testing/call-device.ts'

const RELAY = { TURN_URLS: 'turn:turn.example.kz:3478', TURN_SECRET: 'a-secret-of-the-relay', CALLS_JOINT: 'relay', CALLS_APART: 'relay' }

let world: PlatformWorld
let owner: Browser
beforeAll(async () => {
  world = await platformWorld({ env: RELAY })
  owner = await setUpOwner(world)
})
afterAll(() => world.close())

interface Scene {
  readonly open: OpenCase
  readonly room: Awaited<ReturnType<typeof startSession>>
  readonly mediator: CallDevice
  readonly first: CallDevice
  readonly second: CallDevice
  readonly side: Audience
}
let scene: Scene

async function begin(): Promise<Scene> {
  const open = await openCase(world, owner)
  const room = await startSession(world, open)
  const [mediator, first, second] = [room.mediator, ...room.people].map(({ socket }) => callDevice(socket))
  if (!mediator || !first || !second) throw new Error('a session has three people')
  return { open, room, mediator, first, second, side: sideAudience(room.sides[0]) }
}
beforeEach(async () => {
  scene = await begin()
})

const order = async (command: typeof callOpen | typeof callPause | typeof callResume | typeof callEnd) =>
  accepted(await say(scene.mediator.socket, command, {}))

/** Everybody in the running joint call. */
async function talkTogether(): Promise<Readonly<Record<'mediator' | 'first' | 'second', MediaId>>> {
  await order(callOpen)
  const { mediator, first, second } = scene
  return {
    mediator: (await mediator.join('all')).mediaId,
    first: (await first.join('all')).mediaId,
    second: (await second.join('all')).mediaId,
  }
}

const ids = (members: readonly CallMember[] | undefined) => members?.map(({ mediaId }) => mediaId)
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refused ? error.message : String(error)),
  )
const written = (of: readonly WireEvent[]) =>
  of.filter(({ type }) => type.startsWith('call:')).map(({ type, by, body }) => ({ type, by, body }))

describe('the joint call', () => {
  it('[CAL-1] [CAL-21] whoever reads the audience is told who is in the call; the ids are of this joining alone', async () => {
    const { mediator, first, second, room } = scene
    expect(await refusal(first.join('all'))).toBe('conflict calls/not-open')
    const talk = await talkTogether()
    expect(new Set(Object.values(talk)).size).toBe(3)
    await expect.poll(() => ids(first.members('all'))).toEqual([talk.mediator, talk.first, talk.second])
    expect(mediator.members('all')?.map(({ participantId }) => participantId)).toEqual([
      room.mediator.me,
      ...room.people.map(({ me }) => me),
    ])
    await second.leave()
    await expect.poll(() => ids(mediator.members('all'))).toEqual([talk.mediator, talk.first])
    const again = await second.join('all')
    expect(Object.values(talk)).not.toContain(again.mediaId)
    expect(ids(again.members)).toEqual([talk.mediator, talk.first, again.mediaId])
    expect(await second.look()).toEqual({
      joint: 'relay',
      apart: 'relay',
      mostJoint: 4,
      calls: [{ audience: 'all', members: again.members }],
    })
  })

  it('[CAL-8] a signal passes between two devices of one call, and no other does', async () => {
    const { mediator, first, second, side } = scene
    const talk = await talkTogether()
    await first.signal(talk.second)
    await expect.poll(() => second.signals).toEqual([{ from: talk.first, data: CANDIDATE }])
    expect(await refusal(first.signal(talk.first))).toBe('conflict calls/gone')
    await second.leave()
    expect(await refusal(second.signal(talk.first))).toBe('conflict calls/not-in-call')
    expect(await refusal(first.signal(talk.second))).toBe('conflict calls/gone')
    // Between audiences: the side steps apart, the others stay.
    const apart = await first.join(side)
    expect(await refusal(first.signal(talk.mediator))).toBe('conflict calls/gone')
    expect(await refusal(mediator.signal(apart.mediaId))).toBe('conflict calls/gone')
    expect(await refusal(mediator.signal(talk.first))).toBe('conflict calls/gone')
    expect(first.signals).toEqual([])
    expect(mediator.signals).toEqual([])
  })

  it('[CAL-5] a mediator is refused a talk apart while the joint call runs, and is put out of one when it goes on', async () => {
    const { mediator, first, side } = scene
    await talkTogether()
    expect(await refusal(mediator.join(side))).toBe('conflict calls/pause-first')
    await order(callPause)
    const apart = await mediator.join(side)
    const own = await first.join(side)
    await order(callResume)
    await expect
      .poll(() => mediator.outs)
      .toEqual([
        { audience: 'all', reason: 'paused' },
        { audience: side, reason: 'joint' },
      ])
    await expect.poll(() => ids(first.members(side))).toEqual([own.mediaId])
    expect(await refusal(first.signal(apart.mediaId))).toBe('conflict calls/gone')
    await mediator.join('all')
  })

  it('[CAL-6] a pause puts all out alike; its list says nothing more until it goes on, to newcomers neither', async () => {
    const { mediator, first, second, side, open } = scene
    const talk = await talkTogether()
    await expect.poll(() => ids(second.members('all'))?.length).toBe(3)
    const told = second.lists.length
    await order(callPause)
    for (const each of [mediator, first, second]) await expect.poll(() => each.outs).toEqual([{ audience: 'all', reason: 'paused' }])
    expect(await refusal(first.signal(talk.second))).toBe('conflict calls/not-in-call')
    expect(await refusal(second.join('all'))).toBe('conflict calls/paused')
    await mediator.join(side)
    await first.join(side)
    first.socket.disconnect()
    const back = callDevice((await device(world, open.people[0]?.session ?? { token: '', caseId: '' })).socket)
    await back.join(side)
    await back.leave()
    expect(ids((await second.look()).calls[0]?.members)).toEqual(Object.values(talk))
    const newcomer = callDevice((await device(world, open.people[1]?.session ?? { token: '', caseId: '' })).socket)
    expect(await newcomer.look()).toEqual(await second.look())
    expect(second.lists).toHaveLength(told)
    await order(callResume)
    await expect.poll(() => second.lists.at(-1)).toEqual({ audience: 'all', members: [] })
    expect((await second.join('all')).members).toHaveLength(1)
  })

  it('[CAL-3] a break and a talk apart leave the same words', async () => {
    const { mediator, first, room, side } = scene
    await talkTogether()
    await order(callPause)
    await order(callResume)
    await order(callPause)
    await mediator.join(side)
    await first.join(side)
    await order(callResume)
    await order(callEnd)
    const types = ['call:opened', 'call:paused', 'call:resumed', 'call:paused', 'call:resumed', 'call:ended']
    const by = room.mediator.me
    await expect.poll(() => written(room.people[1].events('all'))).toEqual(types.map((type) => ({ type, by, body: '{}' })))
    expect(written(room.people[0].events(side))).toEqual([])
  })

  it('[CAL-11] when its mediator is gone the call rests, by the installation; a second device of theirs holds it', async () => {
    const { mediator, first, room, open } = scene
    await talkTogether()
    const laptop = callDevice((await device(world, open.mediator)).socket)
    await laptop.join('all')
    await expect.poll(() => mediator.outs).toEqual([{ audience: 'all', reason: 'taken-over' }])
    expect(written(room.mediator.events('all')).map(({ type }) => type)).toEqual(['call:opened'])
    await vanish(laptop)
    world.timers.advance(BROKEN_MS)
    await expect.poll(() => written(room.people[1].events('all')).at(-1)).toEqual({ type: 'call:paused', by: 'system', body: '{}' })
    await expect.poll(() => first.outs).toEqual([{ audience: 'all', reason: 'paused' }])
  })

  it('[CAL-12] the call ends with its session', async () => {
    const { mediator, second, room } = scene
    await talkTogether()
    accepted(await say(mediator.socket, sessionEnd, {}))
    await expect.poll(() => written(room.people[1].events('all')).at(-1)).toEqual({ type: 'call:ended', by: 'system', body: '{}' })
    await expect.poll(() => second.outs).toEqual([{ audience: 'all', reason: 'ended' }])
    await expect.poll(() => second.lists.at(-1)).toEqual({ audience: 'all', members: [] })
    expect(await refusal(second.join('all'))).toBe('conflict calls/not-open')
  })
})

/** Until the server has seen that this line is broken. */
async function vanish(of: CallDevice): Promise<void> {
  const { id = '' } = of.socket
  of.socket.io.engine.close()
  await expect.poll(() => world.platform.sockets.io.sockets.sockets.has(id)).toBe(false)
}

describe('talks apart', () => {
  it('[CAL-1] who is in one is known to its own people; to others it does not exist', async () => {
    const { mediator, first, second, side } = scene
    const direct = directAudience(scene.room.people[0].me)
    const one = await first.join(side)
    const two = await mediator.join(side)
    await expect.poll(() => ids(mediator.members(side))).toEqual([one.mediaId, two.mediaId])
    expect(await refusal(second.join(side))).toBe('not-found')
    expect(await refusal(second.join(direct))).toBe('not-found')
    expect(await refusal(second.join('mediators'))).toBe('not-found')
    expect(await refusal(second.join('case'))).toBe('forbidden')
    expect((await second.look()).calls).toEqual([])
    expect(second.lists).toEqual([])
    expect((await mediator.look()).calls.map(({ audience }) => audience)).toEqual([side])
    await first.join(direct)
    await expect.poll(() => mediator.members(direct)?.length).toBe(1)
  })

  it('[CAL-7] joining another call ends the first before, on whichever device it was', async () => {
    const { first, mediator, side, open } = scene
    const talk = await talkTogether()
    const phone = callDevice((await device(world, open.people[0]?.session ?? { token: '', caseId: '' })).socket)
    const told: string[] = []
    mediator.socket.on(
      'call:members',
      ({ audience, members }) => void told.push(`${audience === 'all' ? 'all' : 'side'} ${members.length}`),
    )
    await phone.join(side)
    await expect.poll(() => first.outs).toEqual([{ audience: 'all', reason: 'taken-over' }])
    expect(await refusal(first.signal(talk.second))).toBe('conflict calls/not-in-call')
    await expect.poll(() => told).toEqual(['all 2', 'side 1'])
    // In the same call, too: one device of a person.
    const taken = await first.join(side)
    await expect.poll(() => phone.outs).toEqual([{ audience: side, reason: 'taken-over' }])
    expect(taken.members).toHaveLength(1)
  })

  it('[CAL-12] the call of a side ends with its talk apart', async () => {
    const { mediator, first, side, room } = scene
    const [sideId] = room.sides
    accepted(await say(mediator.socket, caucusInvite, { sideId }))
    accepted(await say(first.socket, caucusEnter, { sideId, company: 'alone' }))
    await mediator.join(side)
    await first.join(side)
    accepted(await say(first.socket, caucusEnd, { sideId }))
    for (const each of [mediator, first]) await expect.poll(() => each.outs).toEqual([{ audience: side, reason: 'ended' }])
    await expect.poll(() => first.members(side)).toEqual([])
  })

  it('[CAL-9] whoever is taken out of the case is out of the call at once, and the others are told', async () => {
    const { mediator, first, second, room } = scene
    const talk = await talkTogether()
    accepted(await say(mediator.socket, personEnd, { participantId: room.people[0].me }))
    await expect.poll(() => first.outs).toEqual([{ audience: 'all', reason: 'removed' }])
    for (const each of [mediator, second]) await expect.poll(() => ids(each.members('all'))).toEqual([talk.mediator, talk.second])
    expect(await refusal(mediator.signal(talk.first))).toBe('conflict calls/gone')
  })

  it('[CAL-10] a broken line keeps its place, silently; back in time it is the same one; later it is told', async () => {
    const { first, mediator, second, open } = scene
    const talk = await talkTogether()
    await expect.poll(() => second.members('all')?.length).toBe(3)
    const told = second.lists.length
    const session = open.people[0]?.session ?? { token: '', caseId: '' }
    await vanish(first)
    world.timers.advance(BROKEN_MS - 1_000)
    const back = callDevice((await device(world, session)).socket)
    expect((await back.join('all', talk.first)).mediaId).toBe(talk.first)
    world.timers.advance(BROKEN_MS)
    await back.signal(talk.second)
    await expect.poll(() => second.signals).toEqual([{ from: talk.first, data: CANDIDATE }])
    expect(second.lists).toHaveLength(told)
    // Another person's place is nobody's.
    const stranger = await second.join('all', talk.mediator)
    expect(stranger.mediaId).not.toBe(talk.mediator)
    await vanish(back)
    world.timers.advance(BROKEN_MS)
    await expect.poll(() => ids(mediator.members('all'))).toEqual([talk.mediator, stranger.mediaId])
    const late = callDevice((await device(world, session)).socket)
    expect((await late.join('all', talk.first)).mediaId).not.toBe(talk.first)
  })

  it('[CAL-10] a page that is closed, and a session that is ended, leave at once', async () => {
    const { first, mediator, open } = scene
    const talk = await talkTogether()
    first.socket.disconnect()
    await expect.poll(() => ids(mediator.members('all'))).toEqual([talk.mediator, talk.second])
    await world.platform.identity.endParticipant(open.caseId, scene.room.people[1].me, scene.room.mediator.me)
    await expect.poll(() => ids(mediator.members('all'))).toEqual([talk.mediator])
  })
})

describe('what devices may say to each other', () => {
  it('[CAL-13] no address but the relay’s arrives', async () => {
    const { first, second } = scene
    const talk = await talkTogether()
    const host = 'candidate:1 1 udp 2122260223 192.168.1.7 50123 typ host'
    await first.signal(talk.second, { candidate: { candidate: host, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null } })
    const sdp = `v=0\r\no=- 1 2 IN IP4 192.168.1.7\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 192.168.1.7\r\na=${host}\r\na=mid:0\r\n`
    await first.signal(talk.second, { description: { type: 'offer', sdp } })
    const passed = 'v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n'
    await expect.poll(() => second.signals).toEqual([{ from: talk.first, data: { description: { type: 'offer', sdp: passed } } }])
  })

  it('[CAL-14] [CAL-19] a channel for data, too long a description and any other shape are refused', async () => {
    const { first, second } = scene
    const talk = await talkTogether()
    const described = (sdp: string) => first.signal(talk.second, { description: { type: 'offer', sdp } })
    expect(await refusal(described('v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n'))).toBe('invalid')
    expect(await refusal(described('a'.repeat(32 * 1024 + 1)))).toBe('invalid')
    const shapes: readonly unknown[] = [
      {},
      null,
      'x',
      { description: { type: 'pranswer', sdp: '' } },
      { ...CANDIDATE, more: 1 },
      { candidate: { ...('candidate' in CANDIDATE ? CANDIDATE.candidate : {}), candidate: 'c'.repeat(1025) } },
    ]
    for (const data of shapes) expect(await refusal(first.signal(talk.second, data as never))).toBe('invalid')
    expect(second.signals).toEqual([])
  })

  it('[CAL-19] more than a call needs is refused with the seconds to wait; the others are not slowed', async () => {
    const { first, second } = scene
    const talk = await talkTogether()
    const goOn = world.clock.hold()
    const sdp = `v=0\r\n${'a=x:0123456789\r\n'.repeat(1_000)}`
    let answer = 'accepted'
    let sent = 0
    while (answer === 'accepted' && sent < 1_000) {
      answer = await refusal(first.signal(talk.second, { description: { type: 'offer', sdp } }))
      sent++
    }
    expect(answer).toBe('too-many')
    expect(sent).toBeLessThan(CALL_LIMITS.signal.burst / 14)
    expect(await refusal(second.signal(talk.first))).toBe('accepted')
    goOn()
  })

  it('[CAL-1] who is muted is told to the others, and stands in the list', async () => {
    const { first, second, mediator } = scene
    const talk = await talkTogether()
    await first.status(true)
    await expect.poll(() => second.statuses).toEqual([{ mediaId: talk.first, muted: true, video: false, speaking: false }])
    expect((await mediator.look()).calls[0]?.members.map(({ muted }) => muted)).toEqual([false, true, false])
    expect(first.statuses).toEqual([])
  })

  it('[CAL-1] [CAL-19] nothing of who is in a call, and nothing of what devices say to each other, is written anywhere', async () => {
    const { first, second, mediator, side, open } = scene
    const talk = await talkTogether()
    const before = world.platform.log.loaded(open.caseId)
    const lines = world.journal.length
    await first.signal(talk.second, { description: { type: 'offer', sdp: 'v=0\r\ns=canary-4711\r\n' } })
    await expect.poll(() => second.signals).toHaveLength(1)
    await refusal(first.signal(talk.first, { description: { type: 'offer', sdp: 'v=0\r\ns=canary-4711\r\n' } }))
    await first.status(true)
    await first.join(side)
    await mediator.look()
    await first.leave()
    expect(world.platform.log.loaded(open.caseId)).toBe(before)
    const written = world.journal.slice(lines).join()
    for (const word of ['canary-4711', side, ...Object.values(talk)]) expect(written).not.toContain(word)
  })

  it('[CAL-15] only a device that is in a call is shown the way to the relay', async () => {
    const { first } = scene
    expect(await refusal(first.relay())).toBe('conflict calls/not-in-call')
    await talkTogether()
    const { policy, servers } = await first.relay()
    expect(policy).toBe('relay')
    expect(servers[0]?.username).not.toContain(scene.open.caseId)
    await first.leave()
    expect(await refusal(first.relay())).toBe('conflict calls/not-in-call')
  })
})
