// For each guessing limit: the worst that strangers do, from one network and from many; then the right person comes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answered, type Browser, type Called, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld, PASSWORD } from '#server/testing/identity-world.ts'
import { testId } from '#server/testing/test-id.ts'
import { invitationLink } from '#shared/identity/invitation-protocol.ts'
import { joinEnter, joinLook, personRefresh } from '#shared/identity/join-protocol.ts'
import {
  mediatorAccept,
  mediatorInvite,
  ownerSetUp,
  passwordChange,
  staffMe,
  staffRefresh,
  staffSignIn,
} from '#shared/identity/staff-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

const EMAIL = 'owner@example.kz'
/** What a stranger in a hurry makes others in the same network wait. */
const BOUND_SECONDS = 60

let world: IdentityWorld
beforeEach(async () => {
  world = await identityWorld({ trustProxy: 1 })
})
afterEach(() => world.close())

const from = (address: string) => ({ 'x-forwarded-for': address })
const ONE = from('203.0.113.66')
const many = (i: number) => from(`198.51.${i >> 8}.${i & 255}`)
const signIn = (device: Browser, headers: Record<string, string>, password = PASSWORD) =>
  device.call(staffSignIn, { email: EMAIL, password, keep: true }, headers)
const made = (i: number) => String(i).padStart(32, 'A')
const secondsOf = (called: Called<unknown>) => (called.ok ? 0 : Number(called.problem.details?.seconds ?? 0))
const newcomer = { email: 'new@example.kz', name: 'Жаңа медиатор', password: 'another long one' }
const secretIn = (link: string | undefined) => link?.split('#')[1] ?? ''

describe('signing in', () => {
  const worst: readonly (readonly [string, (i: number) => Record<string, string>])[] = [
    ['one network', () => ONE],
    ['many networks', many],
    ['many networks of IPv6', (i) => from(`2001:db8:1:${i.toString(16)}::1`)],
  ]
  it.each(worst)(
    '[IDE-29] 150 wrong passwords from %s stop the owner neither on their device nor from a fresh network',
    async (_name, network) => {
      const owner = await world.owner()
      const stranger = world.browser()
      for (let i = 0; i < 150; i++) expect((await signIn(stranger, network(i), `guess ${i}`)).ok).toBe(false)
      // The usual device, even from the network that the stranger sits in.
      expect((await signIn(owner, network(0))).ok).toBe(true)
      expect((await signIn(world.browser(), from('192.0.2.1'))).ok).toBe(true)
      // A new device in the stranger's own network waits its turn, not longer.
      const slowed = await signIn(world.browser(), network(0))
      expect(secondsOf(slowed)).toBeLessThanOrEqual(BOUND_SECONDS)
      world.clock.pass(BOUND_SECONDS * 1000)
      expect((await signIn(world.browser(), network(0))).ok).toBe(true)
    },
  )

  it('[IDE-25] a password cannot be guessed on and on: after five failures each wait is longer, and it is told', async () => {
    await world.owner()
    const stranger = world.browser()
    const tries = []
    for (let i = 0; i < 6; i++) tries.push(refused(await signIn(stranger, ONE, `guess ${i}`)))
    expect(tries).toEqual([...Array(5).fill('identity/wrong-credentials'), 'identity/slow-down'])
    const told = await signIn(stranger, ONE, 'guess')
    expect([told.status, told.headers.get('retry-after'), secondsOf(told)]).toEqual([429, '5', 5])
    let guesses = 0
    for (let passed = 0; passed < 24 * 3_600; ) {
      const called = await signIn(stranger, ONE, `guess ${passed}`)
      const wait = secondsOf(called)
      if (wait === 0) guesses += 1
      world.clock.pass(Math.max(1, wait) * 1000)
      passed += Math.max(1, wait)
    }
    expect(guesses).toBeLessThan(24 * 25)
  }, 180_000) // hundreds of passwords are hashed

  it('[IDE-25] an unknown address of mail is slowed like a known one', async () => {
    await world.owner()
    const answers = []
    for (const email of [EMAIL, 'nobody@example.kz']) {
      const stranger = world.browser()
      const told = []
      for (let i = 0; i < 8; i++) {
        const called = await stranger.call(staffSignIn, { email, password: `guess ${i}`, keep: true }, from(`192.0.2.${email.length}`))
        told.push(`${refused(called)} ${secondsOf(called)}`)
      }
      answers.push(told)
    }
    expect(answers[0]).toEqual(answers[1])
  })

  it('[IDE-30] a known device is known for its own account alone, by our MAC alone, and what it fails slows it too', async () => {
    const owner = await world.owner()
    const cookie = owner.cookies.get('bitim_device /api')
    if (!cookie) throw new Error('no cookie')
    expect(cookie.attributes).toMatch(/HttpOnly/)
    expect(cookie.attributes).toMatch(/SameSite=Strict/)
    expect(cookie.value).not.toContain('example')
    for (let i = 0; i < 6; i++) await signIn(world.browser(), ONE, `guess ${i}`)
    const [id = '', mac = ''] = cookie.value.split('.')
    const forged = [
      `${id}.${mac.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
      `${'B'.repeat(22)}.${mac}`,
      id,
      `${cookie.value}x`,
    ]
    for (const value of forged) {
      const device = world.browser()
      device.putCookie(cookie.name, cookie.path, value)
      expect(refused(await signIn(device, ONE))).toBe('identity/slow-down')
    }
    const thief = world.browser()
    thief.putCookie(cookie.name, cookie.path, cookie.value)
    const other = (password: string) => thief.call(staffSignIn, { email: 'nobody@example.kz', password, keep: true }, ONE)
    for (let i = 0; i < 6; i++) await other(`guess ${i}`)
    expect(refused(await other(PASSWORD))).toBe('identity/slow-down')
    for (let i = 0; i < 5; i++) expect(refused(await signIn(thief, ONE, `guess ${i}`))).toBe('identity/wrong-credentials')
    expect(refused(await signIn(thief, ONE))).toBe('identity/slow-down')
    expect((await signIn(world.browser(), from('192.0.2.1'))).ok).toBe(true)
  })

  it('[IDE-30] people who share a browser are each known on it; "not my device" is forgotten with the browser', async () => {
    const owner = await world.owner()
    const { link } = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
    answered(await owner.call(mediatorAccept, { secret: secretIn(link), ...newcomer }))
    for (let i = 0; i < 6; i++) {
      await signIn(world.browser(), ONE, `guess ${i}`)
      await world.browser().call(staffSignIn, { email: newcomer.email, password: `guess ${i}`, keep: true }, ONE)
    }
    expect((await signIn(owner, ONE)).ok).toBe(true)
    expect((await owner.call(staffSignIn, { email: newcomer.email, password: newcomer.password, keep: false }, ONE)).ok).toBe(true)
    expect(owner.cookies.get('bitim_device /api')?.attributes).not.toMatch(/Max-Age|Expires/)
  })

  it('[IDE-29] a flood of strangers at once: a known device gets in, a fresh network too, the others are told that it is busy', async () => {
    const owner = await world.owner()
    const flood = Array.from({ length: 200 }, (_each, i) => signIn(world.browser(), many(i), `guess ${i}`))
    const [known, ...tried] = await Promise.all([signIn(owner, from('192.0.2.1')), ...flood])
    expect(known.ok).toBe(true)
    const busy = tried.filter((called) => called.status === 503)
    expect(busy.length).toBeGreaterThan(50)
    expect(busy[0]?.headers.get('retry-after')).toBe('2')
    expect(busy[0] && refused(busy[0])).toBe('identity/busy')
    expect((await signIn(world.browser(), from('192.0.2.2'))).ok).toBe(true)
  })
})

describe("what somebody's session protects", () => {
  it('[IDE-29] a changed password asks for the present one: failures slow that session alone', async () => {
    const owner = await world.owner()
    const stolen = world.browser()
    stolen.token = answered(await signIn(stolen, ONE)).token
    const change = (device: Browser, current: string) => device.call(passwordChange, { current, next: 'a new long one' }, ONE)
    for (let i = 0; i < 5; i++) expect(refused(await change(stolen, `guess ${i}`))).toBe('identity/wrong-password')
    expect(refused(await change(stolen, PASSWORD))).toBe('identity/slow-down')
    expect((await change(owner, PASSWORD)).ok).toBe(true)
  })

  it('[IDE-29] renewals under made-up ids and forged secrets are counted nowhere and stop nobody', async () => {
    const owner = await world.owner()
    const { id } = await world.invite()
    const party = await world.join(owner, id)
    const stranger = world.browser()
    const kept = world.limits.kept()
    const { participantId } = party.session
    for (let i = 0; i < 200; i++) {
      const cookie = `bitim_person=${'A'.repeat(22)}.0.${made(i).padStart(43, 'B')}; bitim_staff=${'A'.repeat(22)}.0.${'C'.repeat(43)}`
      const madeUp = testId<ParticipantId>(`made up ${i}`)
      for (const whose of [participantId, madeUp]) {
        expect(refused(await stranger.call(personRefresh, { participantId: whose }, { ...ONE, cookie }))).toBe('identity/session-ended')
      }
      expect(refused(await stranger.call(staffRefresh, {}, { ...ONE, cookie }))).toBe('identity/session-ended')
    }
    expect(world.limits.kept()).toBe(kept)
    expect((await party.browser.call(personRefresh, { participantId }, ONE)).ok).toBe(true)
    expect((await owner.call(staffRefresh, {}, ONE)).ok).toBe(true)
  })

  it('[IDE-25] one session renews sixty times at once, then waits some seconds; another does not', async () => {
    const owner = await world.owner()
    const other = world.browser()
    answered(await signIn(other, ONE))
    for (let i = 0; i < 60; i++) answered(await owner.call(staffRefresh, {}))
    const told = await owner.call(staffRefresh, {})
    expect(secondsOf(told)).toBe(10)
    expect((await other.call(staffRefresh, {})).ok).toBe(true)
    world.clock.pass(10_000)
    expect((await owner.call(staffRefresh, {})).ok).toBe(true)
  })
})

describe('links', () => {
  it('[IDE-29] whoever tries link after link is slowed down, and stops neither looking, entering, nor a link for an account', async () => {
    const ownerLink = secretIn(await world.identity.ownerLink())
    const stranger = world.browser()
    const tried = []
    for (let i = 0; i < 40; i++) {
      tried.push(refused(await stranger.call(joinLook, { secret: made(i) }, ONE)))
      await stranger.call(joinEnter, { secret: made(i), code: '000000', keep: true }, ONE)
      await stranger.call(ownerSetUp, { secret: made(i), ...newcomer }, ONE)
      await stranger.call(mediatorAccept, { secret: made(i), ...newcomer }, ONE)
    }
    expect([tried[0], tried[39]]).toEqual(['identity/link-unknown', 'identity/slow-down'])
    const device = world.browser()
    const first = { secret: ownerLink, email: EMAIL, name: 'Иесі', password: PASSWORD }
    device.token = answered(await device.call(ownerSetUp, first, ONE)).token
    expect((await device.call(staffMe, {})).ok).toBe(true)
    const { link } = answered(await device.call(mediatorInvite, { role: 'mediator' }))
    answered(await world.browser().call(mediatorAccept, { secret: secretIn(link), ...newcomer }, ONE))
  })

  it('[IDE-29] a stranger who fails from where a party sits does not stop them: the link is right, the code has its five tries', async () => {
    const owner = await world.owner()
    const { id } = await world.invite()
    const { secret, code } = await world.linkAndCode(owner, id)
    for (let i = 0; i < 60; i++) await world.browser().call(joinEnter, { secret: made(i), code, keep: true }, ONE)
    const party = world.browser()
    answered(await party.call(joinLook, { secret }, ONE))
    answered(await party.call(joinEnter, { secret, code, keep: true }, ONE))
    answered(await owner.call(invitationLink, { invitationId: id }))
  })

  it('[IDE-31] nobody makes the server hash a password with a link that is void or for an address that is taken', async () => {
    const owner = await world.owner()
    const { link } = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
    const secret = secretIn(link)
    answered(await world.browser().call(mediatorAccept, { secret, ...newcomer }, ONE))
    for (let i = 0; i < 4; i++) {
      const used = await world.browser().call(mediatorAccept, { secret, ...newcomer, email: `a${i}@example.kz` }, ONE)
      expect(refused(used)).toBe('identity/link-unknown')
    }
    const next = secretIn(answered(await owner.call(mediatorInvite, { role: 'mediator' })).link)
    const asked = []
    for (let i = 0; i < 6; i++) asked.push(refused(await world.browser().call(mediatorAccept, { secret: next, ...newcomer }, ONE)))
    expect([asked[0], asked[5]]).toEqual(['identity/email-taken', 'identity/slow-down'])
    answered(await world.browser().call(mediatorAccept, { secret: next, ...newcomer, email: 'b@example.kz' }, from('192.0.2.1')))
  })
})
