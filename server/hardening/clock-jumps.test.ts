// Somebody sets the server's clock while people work: an hour, a day, a year, on and back again.
import { afterEach, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { accepted, device, startSession } from '#server/testing/live-room.ts'
import { linkAndCode, openCase, PASSWORD, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { joinEnter, personRefresh } from '#shared/identity/join-protocol.ts'
import { mediatorAccept, mediatorInvite, staffMe, staffRefresh, staffSignIn } from '#shared/identity/staff-protocol.ts'
import { WIRE } from '#shared/protocol/wire.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const YEAR = 365 * DAY
const JUMPS = [HOUR, -HOUR, DAY, -DAY, YEAR, -YEAR] as const

const worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0).reverse()) await world.close()
})

async function start(options: Parameters<typeof platformWorld>[0] = {}): Promise<PlatformWorld> {
  const world = await platformWorld(options)
  worlds.push(world)
  return world
}

const signIn = (browser: Browser, password: string) => browser.call(staffSignIn, { email: 'owner@example.kz', password, keep: true })

describe('a clock that jumps', () => {
  it.each(JUMPS)('[HAR-43] by %i ms and back ends no session, limit, code, link or socket', async (jump) => {
    const world = await start()
    const owner = await setUpOwner(world)
    const open = await openCase(world, owner)
    const [first, second] = open.people
    const room = await startSession(world, open)
    const renewal = () => first.browser.call(personRefresh, { participantId: first.session.participantId })
    const waiting = await linkAndCode(owner, second.invitationId)
    const links = [await owner.call(mediatorInvite, { role: 'mediator' }), await owner.call(mediatorInvite, { role: 'mediator' })]
    const secrets = links.map((link) => answered(link).link.split('#')[1] ?? '')
    world.clock.hold() // how long a guesser waits does not depend on how fast this machine is
    for (let i = 0; i < 5; i++) await signIn(world.browser(), `guess ${i}`)

    async function goesOn(turn: number): Promise<void> {
      await world.platform.sockets.recheck()
      await world.platform.due.runDue()
      for (const each of [room.mediator, room.people[0]]) accepted(await each.post('all', `${turn} ${each.me}`))
      expect((await owner.call(staffMe, {})).ok).toBe(true)
      owner.token = answered(await owner.call(staffRefresh, {})).token
      const fresh = answered(await renewal())
      // What a device is told of its token's end fits the clock that it compares with.
      expect(Math.abs(fresh.expiresAt - world.clock.now() - 600_000)).toBeLessThan(5_000)
      expect(await room.people[0].socket.timeout(5_000).emitWithAck(WIRE.renew, fresh.token)).toMatchObject({ ok: true })
      expect(refused(await signIn(world.browser(), `guess ${turn}`))).toBe('identity/slow-down')
      expect((await signIn(owner, PASSWORD)).ok).toBe(true)
      const name = { email: `m${turn}@example.kz`, name: 'Гүлнар Ахметова', password: PASSWORD }
      expect((await world.browser().call(mediatorAccept, { secret: secrets[turn] ?? '', ...name })).ok).toBe(true)
      accepted(await (await device(world, fresh)).post('all', `${turn} another line`))
    }

    world.clock.jump(jump)
    await goesOn(0)
    answered(await world.browser().call(joinEnter, { ...waiting, keep: true }))
    world.clock.jump(-jump)
    await goesOn(1)
  })

  it('[HAR-43] a server that was started with its clock in the future, and again with the right one, has ended nobody', async () => {
    const world = await start()
    const owner = await setUpOwner(world)
    const open = await openCase(world, owner)
    const [first, second] = open.people
    const { clock, installation } = world
    await world.stop()

    /** The same browser at the server that runs now. */
    function at(now: PlatformWorld, device: Browser): Browser {
      const moved = now.browser()
      for (const { name, path, value } of device.cookies.values()) moved.putCookie(name, path, value)
      return moved
    }
    const renewed = async (device: Browser, { session }: typeof first) =>
      (await device.call(personRefresh, { participantId: session.participantId })).ok

    clock.shift(20 * DAY)
    const ahead = await start({ storage: installation.storage, installation, clock })
    // One of them renews while the clock is wrong.
    const device = at(ahead, first.browser)
    expect(await renewed(device, first)).toBe(true)
    await ahead.platform.due.runDue()
    await ahead.stop()
    clock.shift(-20 * DAY)
    const again = await start({ storage: installation.storage, installation, clock })
    expect(await renewed(at(again, device), first)).toBe(true)
    expect(await renewed(at(again, second.browser), second)).toBe(true)
    expect((await at(again, owner).call(staffRefresh, {})).ok).toBe(true)
  })
})
