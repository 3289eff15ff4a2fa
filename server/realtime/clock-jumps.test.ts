// The server's clock is set back or forward in the middle of a live talk.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import { setClock } from '#server/testing/clock.ts'
import type { Browser } from '#server/testing/http-world.ts'
import { accepted, device, startSession } from '#server/testing/live-room.ts'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { Connection } from './connection.ts'
import { bound } from './connection-limits.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const JUMPS = [HOUR, -HOUR, DAY, -DAY, 365 * DAY, -365 * DAY]

let world: PlatformWorld
let owner: Browser
beforeAll(async () => {
  world = await platformWorld()
  owner = await setUpOwner(world)
})
afterAll(() => world.close())

describe('a clock that jumps', () => {
  it('[RTM-22] cuts nobody off, tells no presence, and breaks no number and no chain', async () => {
    for (const jump of JUMPS) {
      const open = await openCase(world, owner)
      const room = await startSession(world, open)
      const everybody = [room.mediator, ...room.people]
      const presence: unknown[] = []
      for (const each of everybody) each.socket.on(WIRE.presence, (notice: unknown) => void presence.push(notice))
      const said: string[] = []
      const talk = async (mark: string) => {
        for (const [i, each] of everybody.entries()) {
          said.push(`${mark} ${i}`)
          accepted(await each.post('all', `${mark} ${i}`))
        }
      }
      await talk('before')
      world.clock.shift(jump)
      await talk('after')
      expect((await room.people[0].resume()).connected.length, `${jump}`).toBe(3)
      await talk('still')
      world.clock.shift(-jump)
      await talk('back')
      await world.platform.sockets.recheck()
      await talk('later')
      for (const each of everybody) {
        await each.resume()
        const record = each.events('all')
        expect(await verifyChain(record, sha256), `${jump}`).toBeUndefined()
        expect(record.flatMap(({ type, body }) => (type === 'message:posted' ? [JSON.parse(body ?? '{}').text] : []))).toEqual(said)
        expect([each.socket.connected, each.closed], `${jump}`).toEqual([true, []])
      }
      expect(presence, `${jump}`).toEqual([])
      for (const each of everybody) each.socket.disconnect()
    }
  }, 60_000)

  it('[RTM-22] a token that only looks old ends its connection as expired, so that the device shows a fresh one, not as signed out', async () => {
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    world.clock.shift(HOUR)
    await world.platform.sockets.recheck()
    await expect.poll(() => room.people[0].closed).toEqual(['session-expired'])
    world.clock.shift(-HOUR)
    const back = await device(world, open.people[0]?.session ?? { token: '', caseId: '' })
    accepted(await back.post('all', 'қайта келдім'))
  })

  it('[RTM-22] a connection lives as long as its token by the timer, and an hour at most, wherever the clock goes', () => {
    for (const jump of [0, ...JUMPS]) {
      const clock = setClock()
      const timers = movingTimers()
      const ended: string[] = []
      const socket = { emit: (_name: string, reason: string) => void ended.push(reason), disconnect: () => undefined }
      const deps = {
        clock,
        timers,
        authenticate: async () => undefined,
        demandOwnCode: async () => undefined,
        errors: { unknown: () => '' },
      }
      const connection = new Connection(socket as never, {} as never, deps) // nothing else of them is asked
      const expiresAt = clock.now() + 600_000
      if (jump < 0) clock.set(clock.now() + jump)
      connection.show('token', { participantId: 'p' as never, sessionId: 's', expiresAt })
      if (jump > 0) clock.set(clock.now() + jump)
      timers.advance(599_000)
      expect(ended, `${jump}`).toEqual([])
      timers.advance(jump < 0 ? HOUR : 2_000)
      expect(ended, `${jump}`).toEqual(['session-expired'])
    }
  })

  it('[RTM-22] a measure of frames is never shorter for a clock that was set back', () => {
    for (const jump of JUMPS) {
      const clock = setClock()
      const within = bound(clock, { burst: 10, perSecond: 1 })
      for (let i = 0; i < 10; i++) expect(within(1)).toBe(true)
      expect(within(1)).toBe(false)
      clock.set(clock.now() + jump)
      for (let i = 0; i < 10; i++) expect(within(1), `${jump}`).toBe(true)
      expect(within(1)).toBe(false)
      clock.set(clock.now() + 2_000)
      expect([within(1), within(1), within(1)]).toEqual([true, true, false])
    }
  })
})
