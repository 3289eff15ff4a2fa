// After any interruption: what was missed comes, once, in order, and nothing that is not one's own.
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import { newCommandId } from '#server/testing/case-world.ts'
import { accepted, type Device, device, type Room, startSession } from '#server/testing/live-room.ts'
import { type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { rawConnection } from '#server/testing/raw-connection.ts'
import { connected, resumeAll, say } from '#server/testing/socket-world.ts'
import { mediationLeave } from '#shared/cases/case-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/wire.ts'
import { audienceRoom } from './audience-room.ts'
import { MAX_CONNECTIONS, MAX_UNSENT_CHARS } from './connection-limits.ts'

let world: PlatformWorld
let open: OpenCase
let room: Room
const opened: Device[] = []

beforeAll(async () => {
  world = await platformWorld()
  open = await openCase(world, await setUpOwner(world))
  room = await startSession(world, open)
})
afterEach(() => {
  for (const each of opened.splice(0)) each.socket.disconnect()
  world.clock.shift(3_000) // everybody may speak again
})
afterAll(() => world.close())

const session = (at: number) => open.people[at]?.session ?? { token: '', caseId: '' }
const texts = (of: Device) =>
  of.events('all').flatMap(({ type, body }) => (type === 'message:posted' ? [String(JSON.parse(body ?? '{}').text)] : []))

describe('resuming', () => {
  it('[MSG-6] through random cuts of random connections nothing is lost, doubled or out of order', async () => {
    const step = fc.record({ who: fc.nat(2), cut: fc.boolean(), cutWho: fc.nat(2) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        world.clock.shift(3_000)
        const auths = [open.mediator, session(0), session(1)]
        const devices = await Promise.all(auths.map((auth) => device(world, auth)))
        const said: string[] = []
        const before = new Set(texts(devices[0] as Device))
        for (const [index, { who, cut, cutWho }] of steps.entries()) {
          const speaker = devices[who] as Device
          const id = newCommandId()
          const text = `${index} ${id}`
          said.push(text)
          // The connection may go before the answer comes: the same command is sent again on the next one.
          const sent = speaker.post('all', text, id).catch(() => undefined)
          if (cut) (devices[cutWho] as Device).socket.disconnect()
          const ack = await Promise.race([
            sent,
            new Promise<undefined>((resolve) => speaker.socket.once('disconnect', () => resolve(undefined))),
          ])
          if (cut) {
            const held = (devices[cutWho] as Device).events('all')
            devices[cutWho] = await device(world, auths[cutWho] ?? open.mediator, held.slice(0, Math.max(0, held.length - 2)))
          }
          if (!ack) accepted(await (devices[who] as Device).post('all', text, id))
          else accepted(ack)
        }
        for (const each of devices) {
          await each.resume()
          const record = each.events('all')
          expect(record.map(({ seq }) => seq)).toEqual(record.map((_event, at) => at + 1))
          expect(await verifyChain(record, sha256)).toBeUndefined()
          expect(texts(each).filter((text) => !before.has(text))).toEqual(said)
          each.socket.disconnect()
        }
      }),
      { numRuns: 8 },
    )
  })

  it('[RTM-12] a publish that never arrived is made good by asking', async () => {
    const deaf = await device(world, session(0))
    opened.push(deaf)
    const before = texts(deaf).length
    await world.platform.sockets.io.sockets.sockets.get(deaf.socket.id ?? '')?.leave(audienceRoom(open.caseId, 'all')) // the frame is lost on purpose
    accepted(await room.mediator.post('all', 'бұл жоғалады'))
    accepted(await room.mediator.post('all', 'бұл да'))
    await expect.poll(() => texts(room.people[1]).length).toBe(before + 2)
    expect(texts(deaf).length).toBe(before)
    await deaf.resume()
    expect(texts(deaf).slice(-2)).toEqual(['бұл жоғалады', 'бұл да'])
  })

  it('[RTM-13] who asks beyond the head is "behind"; who left learns no count of what was said since', async () => {
    const mine = await openCase(world, open.staff)
    const live = await startSession(world, mine)
    const [leaver] = live.people
    const [side] = live.sides
    await leaver.resume()
    const standing = async (seq: number) =>
      (await resumeAll(leaver.socket, [{ audience: sideAudience(side), epoch: 1, seq }])).audiences.find(
        ({ audience }) => audience === sideAudience(side),
      )
    expect((await standing(1_000))?.state).toBe('behind')
    accepted(await say(leaver.socket, mediationLeave, {}))
    const end = (await standing(0))?.head ?? 0
    const answers = async () => JSON.stringify([await standing(end), await standing(end + 1), await standing(end + 5)])
    const before = await answers()
    await world.platform.log.refresh(mine.caseId)
    expect(await answers()).toBe(before)
    expect(JSON.parse(before)).toEqual([
      expect.objectContaining({ state: 'current', head: end }),
      expect.objectContaining({ state: 'behind', head: end }),
      expect.objectContaining({ state: 'behind', head: end }),
    ])
  })

  it('[RTM-14] a connection that is not read is cut, its memory freed; everybody else hears all in time', async () => {
    const slow = await rawConnection(world.url)
    slow.send(`40${JSON.stringify({ token: session(0).token, caseId: session(0).caseId, protocol: PROTOCOL_VERSION })}`)
    await expect.poll(() => slow.got.length).toBeGreaterThan(1)
    slow.stopReading()
    const { io } = world.platform.sockets
    const connections = () => io.engine.clientsCount
    const had = connections()
    const heard = { count: 0 }
    room.people[1].socket.on('presence', () => void heard.count++)
    const block = 'ұ'.repeat(250_000)
    let sent = 0
    while (connections() === had && sent < 200) {
      io.to(audienceRoom(open.caseId, 'case')).emit('presence', block)
      sent++
      await expect.poll(() => heard.count, { interval: 2 }).toBe(sent)
      for (const socket of io.sockets.sockets.values()) {
        const waiting = (socket.conn as unknown as { writeBuffer: { data?: string }[] }).writeBuffer // engine.io keeps what it cannot hand over there
        expect(waiting.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)).toBeLessThanOrEqual(MAX_UNSENT_CHARS)
      }
    }
    expect(connections()).toBe(had - 1)
    accepted(await room.people[1].post('all', 'бәрі жақсы'))
  }, 60_000)

  it('[RTM-15] one person’s connections are counted: the oldest makes room', async () => {
    const sockets = []
    for (let i = 0; i < MAX_CONNECTIONS + 2; i++) {
      const socket = world.connect(session(1))
      sockets.push(socket)
      await connected(socket)
    }
    await expect.poll(() => room.people[1].socket.connected).toBe(false)
    expect(room.people[1].closed).toEqual(['too-many'])
    expect(sockets.at(-1)?.connected).toBe(true)
    for (const socket of sockets) socket.disconnect()
  })
})
