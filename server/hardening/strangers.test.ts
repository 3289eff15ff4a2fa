// A flood of strangers against the whole platform: what it leaves behind, and who still gets in.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, describe, expect, it } from 'vitest'
import { boundHandshakes, HANDSHAKES } from '#server/realtime/handshakes.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import { identityWorld, PASSWORD } from '#server/testing/identity-world.ts'
import { accepted, device, startSession } from '#server/testing/live-room.ts'
import { openCase, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { type RawConnection, rawConnection } from '#server/testing/raw-connection.ts'
import { testId } from '#server/testing/test-id.ts'
import { joinEnter, joinLook, personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import { mediatorAccept, ownerSetUp, staffMe, staffRefresh, staffSignIn } from '#shared/identity/staff-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('a flood of made-up ids', () => {
  it('[HAR-40] leaves no key in memory for an id, a cookie, a token or a link that is not ours, and one for each network', async () => {
    const world = await identityWorld({ trustProxy: 1 })
    closing.push(() => world.close())
    await world.owner()
    const stranger = world.browser()
    const secret = (i: number) => String(i).padStart(32, 'A')
    const mac = (i: number) => String(i).padStart(43, 'B')
    const networks = 4
    async function turn(i: number): Promise<void> {
      const headers = {
        'x-forwarded-for': `203.0.113.${i % networks}`,
        cookie: `bitim_person=${testId<ParticipantId>(`s${i}`)}.0.${mac(i)}; bitim_staff=${testId<ParticipantId>(`s${i}`)}.0.${mac(i)}`,
        authorization: `Bearer eyJhbGciOiJIUzI1NiJ9.${secret(i)}.${mac(i)}`,
      }
      const participantId = testId<ParticipantId>(`made up ${i}`)
      const account = { secret: secret(i), email: `a${i}@example.kz`, name: 'Бөгде', password: 'another long one' }
      await Promise.all([
        stranger.call(personRefresh, { participantId }, headers),
        stranger.call(personSignOut, { participantId }, headers),
        stranger.call(staffRefresh, {}, headers),
        stranger.call(staffMe, {}, headers),
        stranger.call(joinLook, { secret: secret(i) }, headers),
        stranger.call(joinEnter, { secret: secret(i), code: '000000', keep: true }, headers),
        stranger.call(mediatorAccept, account, headers),
        stranger.call(ownerSetUp, account, headers),
      ])
    }
    for (let i = 0; i < 150; i++) await turn(i)
    // What failed at links is counted by network; nothing else is.
    expect(world.limits.kept()).toBe(networks)
    expect((await world.storage.records.all('sessions')).length).toBe(1)
  })

  it('[HAR-40] failing sign-ins under made-up addresses of mail keep as many keys as one network can fail at, not more', async () => {
    const world = await identityWorld({ trustProxy: 1 })
    closing.push(() => world.close())
    await world.owner()
    let slowed = 0
    for (let i = 0; i < 120; i++) {
      const called = await world.browser().call(staffSignIn, { email: `a${i}@example.kz`, password: PASSWORD, keep: true })
      if (refused(called) === 'identity/slow-down') slowed += 1
    }
    expect(slowed).toBeGreaterThan(60)
    // For each one that was tried: itself, and it from this network; and the network.
    expect(world.limits.kept()).toBe(2 * (120 - slowed) + 1)
  })
})

describe('connections that never say who they are', () => {
  it('[HAR-41] are few of one network; whoever shows a token gets in beside them, and who is in stays', async () => {
    const world = await platformWorld()
    closing.push(() => world.close())
    const owner = await setUpOwner(world)
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    const connections: RawConnection[] = []
    for (let i = 0; i < HANDSHAKES.ofAddress + 50; i++) connections.push(await rawConnection(world.url))
    closing.push(() => {
      for (const connection of connections) connection.end()
    })
    await expect.poll(() => connections.filter((connection) => connection.isOpen()).length).toBe(HANDSHAKES.ofAddress)
    expect(connections.slice(0, 50).every((connection) => !connection.isOpen())).toBe(true)
    const [person] = open.people
    const fresh = answered(await person.browser.call(personRefresh, { participantId: person.session.participantId }))
    accepted(await (await device(world, fresh)).post('all', 'кірдім'))
    accepted(await room.mediator.post('all', 'осындамын'))
  })

  it('[HAR-41] when there are too many in all, the network that holds most gives up its oldest', async () => {
    const http = createServer()
    const io = new Server(http, { transports: ['websocket'] })
    closing.push(() => io.close())
    let address = 'flood'
    const handshakes = boundHandshakes(io, { addressOf: () => address, bounds: { ofAddress: 50, inAll: 20 } })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}` // listening on TCP
    address = 'honest'
    const honest = await rawConnection(url)
    address = 'flood'
    const flood: RawConnection[] = []
    for (let i = 0; i < 60; i++) flood.push(await rawConnection(url))
    await expect.poll(() => flood.filter((connection) => connection.isOpen()).length).toBe(19)
    expect([honest.isOpen(), handshakes.waiting()]).toEqual([true, 20])
    honest.send('40')
    await expect.poll(() => handshakes.waiting()).toBe(19)
    for (const connection of flood) connection.end()
    await expect.poll(() => handshakes.waiting()).toBe(0)
  })
})
