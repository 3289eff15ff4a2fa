// Who is let in at the socket, for how long, and how soon they are out again: against the whole platform with real tokens.
import jwt from 'jsonwebtoken'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_SECONDS } from '#server/identity/sessions/tokens.ts'
import { newCommandId } from '#server/testing/case-world.ts'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { accepted, device, startSession } from '#server/testing/live-room.ts'
import {
  addMediator,
  linkAndCode,
  type OpenCase,
  openCase,
  type PlatformWorld,
  platformWorld,
  setUpOwner,
} from '#server/testing/platform-world.ts'
import { connected, resumeAll, say } from '#server/testing/socket-world.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { deviceEnd, invitationCode, invitationList, invitationRevoke } from '#shared/identity/invitation-protocol.ts'
import { joinEnter, personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { PROTOCOL_VERSION, WIRE } from '#shared/protocol/wire.ts'

let world: PlatformWorld
let owner: Browser
let open: OpenCase
let other: OpenCase

beforeAll(async () => {
  world = await platformWorld()
  owner = await setUpOwner(world)
  open = await openCase(world, owner)
  other = await openCase(world, await addMediator(world, owner))
})
afterAll(() => world.close())

/** What the server says to a handshake. */
async function knock(auth: Record<string, unknown>, headers: Record<string, string> = {}): Promise<string> {
  const socket = world.connect(auth as { token: string; caseId: string }, headers)
  try {
    await connected(socket)
    return 'in'
  } catch (error) {
    return JSON.stringify((error as { data?: unknown }).data ?? (error as Error).message)
  } finally {
    socket.disconnect()
  }
}

const ends = (socket: Socket) => new Promise<void>((resolve) => socket.once('disconnect', () => resolve()))
const party = (at: 0 | 1) => open.people[at]

describe('at the door', () => {
  it('[RTM-1] forged, unsigned, expired, foreign and missing tokens are one answer; the right one gets in', async () => {
    const { session } = party(0)
    const { caseId } = open
    const claims = jwt.decode(session.token) as Record<string, unknown>
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const signature = session.token.split('.')[2]
    const forged = [
      jwt.sign(claims, 'a key of ours'),
      jwt.sign({ ...claims, sub: party(1).session.participantId }, 'x'.repeat(32)),
      `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`,
      `${part({ alg: 'none' })}.${part(claims)}.${signature}`,
      `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, case: other.caseId })}.${signature}`,
      `${session.token.slice(0, -2)}AA`,
      '',
      'x'.repeat(4096),
    ]
    for (const token of forged) expect(await knock({ token, caseId, protocol: PROTOCOL_VERSION })).toBe('{"kind":"unauthenticated"}')
    expect(await knock({ token: session.token, caseId, protocol: PROTOCOL_VERSION })).toBe('in')
  })

  it('[RTM-1] a token good elsewhere is not good here, whether the case exists or not', async () => {
    const never = 'n'.repeat(22)
    const tokens = [party(0).session.token, open.mediator.token]
    for (const token of tokens) {
      expect(await knock({ token, caseId: other.caseId, protocol: PROTOCOL_VERSION })).toBe('{"kind":"unauthenticated"}')
      expect(await knock({ token, caseId: never, protocol: PROTOCOL_VERSION })).toBe('{"kind":"unauthenticated"}')
    }
    // The refresh cookie is no token, a party's token is none of staff.
    const cookie = [...party(0).browser.cookies.values()][0]?.value ?? ''
    expect(await knock({ token: cookie, caseId: open.caseId, protocol: PROTOCOL_VERSION })).toBe('{"kind":"unauthenticated"}')
    expect(refused(await party(0).browser.call(invitationList, { caseId: open.caseId }))).toBe('not-found')
  })

  it('[RTM-2] a handshake that does not fit is named, an old client is told, and one connection has one try', async () => {
    const { token } = party(0).session
    const { caseId } = open
    expect(await knock({ token, caseId, protocol: 99 })).toContain('realtime/outdated-client')
    const wrong = [
      { protocol: 1 },
      { caseId, protocol: 1 },
      { token, caseId, protocol: '1' },
      { token: { $ne: 1 }, caseId, protocol: 1 },
      { token, caseId: { $gt: '' }, protocol: 1 },
      { token, caseId, protocol: 1, more: 1 },
    ]
    for (const auth of wrong) expect(await knock(auth)).toContain('"kind":"invalid"')
    const socket = world.connect({ token: 'x', caseId })
    await expect(connected(socket)).rejects.toThrow()
    await expect.poll(() => socket.io.engine?.readyState ?? 'closed').toBe('closed')
  })

  it('[RTM-3] no page of another site opens a socket; the installation’s own does', async () => {
    const auth = { ...party(0).session, protocol: PROTOCOL_VERSION }
    const pass = { token: auth.token, caseId: auth.caseId, protocol: auth.protocol }
    const port = new URL(world.url).port
    for (const origin of [
      'https://evil.example',
      'null',
      `http://localhost.evil.example:${port}`,
      `https://localhost:${port}`,
      'http://localhost:1',
      '',
    ])
      expect(await knock(pass, { origin })).not.toBe('in')
    for (const origin of [world.url, `http://localhost:${port}`]) expect(await knock(pass, { origin })).toBe('in')
    const form = await party(0).browser.send('POST', '/api/join/look', 'secret=x', {
      origin: 'https://evil.example',
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(form.status).toBe(403)
    const polling = await fetch(`${world.url}/socket.io/?EIO=4&transport=polling`)
    expect(polling.status).toBe(400)
  })

  it('[RTM-4] a used link and code open nothing on a second device', async () => {
    const fresh = await openCase(world, owner)
    const [person] = fresh.people
    const { secret, code } = await linkAndCode(owner, person.invitationId)
    answered(await world.browser().call(joinEnter, { secret, code, keep: false }))
    expect(refused(await world.browser().call(joinEnter, { secret, code, keep: false }))).toBe('identity/code-used')
    expect(refused(await world.browser().call(joinEnter, { secret: person.secret, code, keep: true }))).toBe('identity/link-unknown')
  })
})

describe('a session and its socket', () => {
  it('[RTM-5] ends with its token, unless the same person has shown a newer one', async () => {
    const mine = await openCase(world, owner)
    const [one, two] = mine.people
    world.clock.shift(TOKEN_SECONDS * 1_000 - 2_500) // one or two seconds before its end, whatever the machine's own clock did meanwhile
    const [left, stayed] = await Promise.all([device(world, one.session), device(world, two.session)])
    const foreign: { ok: boolean } = await stayed.socket.timeout(5_000).emitWithAck(WIRE.renew, one.session.token)
    expect(foreign).toEqual({ ok: false, problem: { kind: 'unauthenticated' } })
    for (const bad of [null, {}, 'x', 'x'.repeat(9_000)])
      expect(await stayed.socket.timeout(5_000).emitWithAck(WIRE.renew, bad)).toMatchObject({ ok: false })
    const fresh = answered(await two.browser.call(personRefresh, { participantId: two.session.participantId }))
    expect(await stayed.socket.timeout(5_000).emitWithAck(WIRE.renew, fresh.token)).toEqual({ ok: true, value: {} })
    await expect.poll(() => left.socket.connected, { timeout: 8_000 }).toBe(false)
    expect(left.closed).toEqual(['session-expired'])
    expect(await knock({ token: one.session.token, caseId: mine.caseId, protocol: PROTOCOL_VERSION })).toBe('{"kind":"unauthenticated"}')
    world.clock.shift(-600_000)
    await resumeAll(stayed.socket)
    expect(stayed.socket.connected).toBe(true)
  })

  it('[RTM-6] revoking an invitation, ending a device or removing a person closes their sockets within a second', async () => {
    const mine = await openCase(world, owner)
    const room = await startSession(world, mine)
    const [one, two] = mine.people
    const began = Date.now()
    const gone = ends(room.people[0].socket)
    answered(await owner.call(invitationRevoke, { invitationId: one.invitationId }))
    await gone
    expect(Date.now() - began).toBeLessThan(1_000)
    expect(room.people[0].closed).toEqual(['signed-out'])
    expect(await knock({ token: one.session.token, caseId: mine.caseId, protocol: PROTOCOL_VERSION })).toBe('{"kind":"unauthenticated"}')
    const removed = ends(room.people[1].socket)
    accepted(await say(room.mediator.socket, personEnd, { participantId: two.session.participantId }))
    await removed
    expect(await knock({ token: two.session.token, caseId: mine.caseId, protocol: PROTOCOL_VERSION })).toBe('{"kind":"unauthenticated"}')

    const again = await openCase(world, owner)
    const [third] = again.people
    const live = await device(world, third.session)
    const { invitations } = answered(await owner.call(invitationList, { caseId: again.caseId }))
    const found = invitations.find(({ id }) => id === third.invitationId)?.devices[0]
    const out = ends(live.socket)
    answered(await owner.call(deviceEnd, { invitationId: third.invitationId, deviceId: found?.id ?? '' }))
    await out
  })

  it('[RTM-32] a device that is ended leaves the same person’s others connected; they go on without being asked for anything', async () => {
    const mine = await openCase(world, owner)
    const [one] = mine.people
    const later = world.browser()
    const { code } = answered(await owner.call(invitationCode, { invitationId: one.invitationId, way: 'read-out' }))
    const session = answered(await later.call(joinEnter, { secret: one.secret, code: code ?? '', keep: true }))
    const [stays, gone] = [await device(world, one.session), await device(world, session)]
    const { invitations } = answered(await owner.call(invitationList, { caseId: mine.caseId }))
    const last = invitations.find(({ id }) => id === one.invitationId)?.devices.at(-1)
    answered(await owner.call(deviceEnd, { invitationId: one.invitationId, deviceId: last?.id ?? '' }))
    await expect.poll(() => gone.socket.connected).toBe(false)
    await resumeAll(stays.socket)
    expect([stays.socket.connected, stays.closed]).toEqual([true, []])
  })

  it('[RTM-6] a session that ended without anybody saying so is found at the next look', async () => {
    const mine = await openCase(world, owner)
    const [one, two] = mine.people
    const gone = await device(world, one.session)
    const stays = await device(world, two.session)
    answered(await one.browser.call(personSignOut, { participantId: one.session.participantId }))
    await world.platform.sockets.recheck()
    await expect.poll(() => gone.socket.connected).toBe(false)
    expect(stays.socket.connected).toBe(true)
  })

  it('[RTM-7] two tabs of one mediator see and do the same; what one has done, the other is told', async () => {
    const mine = await openCase(world, owner)
    const room = await startSession(world, mine)
    const tab = await device(world, mine.mediator)
    const id = newCommandId()
    const seen = room.mediator.seen('all')
    const [first, second] = await Promise.all([
      say(room.mediator.socket, messagePost, { audience: 'all', id, text: 'екі терезе' }, { id, seen }),
      say(tab.socket, messagePost, { audience: 'all', id, text: 'екі терезе' }, { id, seen }),
    ])
    expect(first).toEqual(second)
    const other = await say(tab.socket, messagePost, { audience: 'all', id, text: 'басқа сөз' }, { id, seen })
    expect(other).toEqual({ ok: false, problem: { kind: 'conflict', reason: 'log/command-id-used' } })
    accepted(await tab.post('all', 'екінші'))
    await expect.poll(() => room.mediator.events('all')).toEqual(tab.events('all'))
    tab.socket.disconnect()
    accepted(await room.mediator.post('all', 'үшінші'))
    await expect.poll(() => room.people[0].events('all').filter(({ type }) => type === 'message:posted').length).toBe(3)
  })
})
