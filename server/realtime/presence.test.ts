// Connected or not, and nothing more.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from '#server/testing/http-world.ts'
import { accepted, type Device, device, startSession } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { connected, say } from '#server/testing/socket-world.ts'
import { caucusEnd, caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { PresenceNotice } from '#shared/protocol/wire.ts'
import { personRoom } from './audience-room.ts'
import { JOINS } from './connection-limits.ts'
import { GONE_AFTER } from './presence.ts'

let world: PlatformWorld
let owner: Browser
beforeAll(async () => {
  world = await platformWorld()
  owner = await setUpOwner(world)
})
afterAll(() => world.close())

function notices(of: Device): PresenceNotice[] {
  const got: PresenceNotice[] = []
  of.socket.on('presence', (notice: PresenceNotice) => void got.push(notice))
  return got
}

/** Until the server knows that somebody has no connection any more. */
async function withoutConnection(caseId: CaseId, person: ParticipantId): Promise<void> {
  await expect.poll(() => world.platform.sockets.io.sockets.adapter.rooms.has(personRoom(caseId, person))).toBe(false)
}

describe('presence', () => {
  it('[ROO-5] the other side is told the same of a person before, during and after a caucus', async () => {
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    const [first, second] = room.people
    const [side] = room.sides
    const told = notices(second)
    let live = first
    /** What the other side hears when this person's connection breaks and comes back, and what it is answered when it asks. */
    async function round(): Promise<unknown> {
      const from = told.length
      live.socket.disconnect()
      await withoutConnection(open.caseId, first.me)
      world.timers.advance(GONE_AFTER)
      await expect.poll(() => told.length).toBe(from + 1)
      const away = (await second.resume()).connected
      live = await device(world, open.people[0]?.session ?? { token: '', caseId: '' })
      await expect.poll(() => told.length).toBe(from + 2)
      return { told: told.slice(from), away: [...away].sort(), back: [...(await second.resume()).connected].sort() }
    }
    const before = await round()
    accepted(await say(room.mediator.socket, caucusInvite, { sideId: side }))
    expect(await round()).toEqual(before)
    accepted(await say(live.socket, caucusEnter, { sideId: side, company: 'alone' }))
    accepted(await room.mediator.post(sideAudience(side), 'екеуара'))
    expect(await round()).toEqual(before)
    accepted(await say(live.socket, caucusEnd, { sideId: side }))
    expect(await round()).toEqual(before)
    expect(before).toMatchObject({ told: [{ connected: false }, { connected: true }] })
    expect(Object.keys(told[0] ?? {}).sort()).toEqual(['connected', 'participantId'])
  })

  it('[ROO-5] who waits knows the mediator alone; a second device of a person tells nobody anything', async () => {
    const open = await openCase(world, owner)
    const [one, two] = open.people
    if (!one || !two) throw new Error('a case has two people')
    const mediator = await device(world, open.mediator)
    const waiting = await device(world, one.session)
    const told = notices(waiting)
    const other = await device(world, two.session)
    expect([...(await waiting.resume()).connected].sort()).toEqual([mediator.me, waiting.me].sort())
    expect([...(await mediator.resume()).connected].sort()).toEqual([mediator.me, waiting.me, other.me].sort())
    const heard = notices(mediator)
    const tablet = await device(world, one.session)
    tablet.socket.disconnect()
    await other.resume()
    other.socket.disconnect()
    await withoutConnection(open.caseId, other.me)
    world.timers.advance(GONE_AFTER)
    await expect.poll(() => heard).toEqual([{ participantId: other.me, connected: false }])
    expect(told).toEqual([])
  })

  it('[RTM-17] a connection that breaks and comes back tells nobody anything, and asking tells no more than was told', async () => {
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    const [first, second] = room.people
    const session = open.people[0]?.session ?? { token: '', caseId: '' }
    const heard = [room.mediator, second].map((each) => ({ each, told: notices(each), frames: each.frames.length }))
    first.socket.disconnect()
    for (let i = 0; i < 25; i++) {
      await withoutConnection(open.caseId, first.me)
      world.timers.advance(GONE_AFTER - 2_000)
      for (const { each } of heard) expect((await each.resume()).connected).toContain(first.me)
      const again = world.connect(session)
      await connected(again)
      again.disconnect()
    }
    await withoutConnection(open.caseId, first.me)
    for (const { each, told, frames } of heard) {
      expect(told).toEqual([])
      // Nothing came but the answers that were asked for.
      expect(each.frames.slice(frames).filter((frame) => !frame.startsWith('3'))).toEqual([])
    }
    world.timers.advance(GONE_AFTER)
    for (const { each, told } of heard) {
      await expect.poll(() => told).toEqual([{ participantId: first.me, connected: false }])
      expect((await each.resume()).connected).not.toContain(first.me)
    }
    const back = await device(world, session)
    for (const { each, told } of heard) {
      await expect.poll(() => told.at(-1)).toEqual({ participantId: first.me, connected: true })
      expect((await each.resume()).connected).toContain(back.me)
    }
  })

  it('[RTM-18] coming in again and again is refused with the seconds to wait; nobody else is slowed, nobody is told', async () => {
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    const [first, second] = room.people
    const session = open.people[0]?.session ?? { token: '', caseId: '' }
    const told = notices(second)
    const tryToComeIn = async () => {
      const socket = world.connect(session)
      try {
        await connected(socket)
        return 'in'
      } catch (error) {
        return (error as { data?: unknown }).data
      } finally {
        socket.disconnect()
      }
    }
    let answer: unknown = 'in'
    for (let i = 0; i < JOINS.burst + 30 && answer === 'in'; i++) answer = await tryToComeIn()
    expect(answer).toEqual({ kind: 'too-many', reason: 'realtime/too-many-joins', details: { seconds: 3 } })
    expect(first.socket.connected).toBe(true) // the connection that stands is left alone
    accepted(await first.post('all', 'мен осындамын'))
    for (const other of [open.mediator, open.people[1]?.session ?? session]) (await device(world, other)).socket.disconnect()
    const elsewhere = await openCase(world, owner)
    await device(world, elsewhere.people[0]?.session ?? session)
    expect(told).toEqual([])
    world.clock.shift(3_000)
    expect(await tryToComeIn()).toBe('in')
  })
})
