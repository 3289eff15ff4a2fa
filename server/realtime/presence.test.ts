// Connected or not, and nothing more.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from '#server/testing/http-world.ts'
import { accepted, type Device, device, startSession } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { caucusEnd, caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { PresenceNotice } from '#shared/protocol/wire.ts'

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

describe('presence', () => {
  it('[ROO-5] the other side is told the same of a person before, during and after a caucus', async () => {
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    const [first, second] = room.people
    const [side] = room.sides
    const told = notices(second)
    let live = first
    /** What the other side hears when this person's line breaks and comes back, and what it is answered when it asks. */
    async function round(): Promise<unknown> {
      const from = told.length
      live.socket.disconnect()
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
    await expect.poll(() => heard).toEqual([{ participantId: other.me, connected: false }])
    expect(told).toEqual([])
  })
})
