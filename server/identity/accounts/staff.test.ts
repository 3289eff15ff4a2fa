import { hash } from '@node-rs/argon2'
import { afterEach, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld, OWNER_NAME, PASSWORD } from '#server/testing/identity-world.ts'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import {
  accountList,
  accountState,
  mediatorAccept,
  mediatorInvite,
  ownerSetUp,
  passwordChange,
  profileChange,
  staffMe,
  staffRefresh,
  staffSignIn,
  staffSignOut,
} from '#shared/identity/staff-protocol.ts'
import type { AccountRecord } from './account-store.ts'
import { isOutdated, isPassword } from './password.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(options: Parameters<typeof identityWorld>[0] = {}): Promise<IdentityWorld> {
  const world = await identityWorld(options)
  closing.push(world.close)
  return world
}

const secretIn = (link: string | undefined) => link?.split('#')[1] ?? ''
const newcomer = { email: 'new@example.kz', name: 'Жаңа медиатор', password: 'another long one' }

async function invited(world: IdentityWorld, owner: Browser): Promise<Browser> {
  const { link } = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
  const device = world.browser()
  device.token = answered(await device.call(mediatorAccept, { secret: secretIn(link), ...newcomer })).token
  return device
}

describe('the first run', () => {
  it('[IDE-1] the link makes one owner, once; a newer link voids it; with an owner there is none', async () => {
    const world = await start()
    const device = world.browser()
    expect(answered(await device.call(installationLook, {})).ready).toBe(false)
    const old = await world.identity.ownerLink()
    const link = await world.identity.ownerLink()
    expect(link).toMatch(new RegExp(`^${world.url}/setup#[\\w-]{32}$`))
    expect(refused(await device.call(ownerSetUp, { secret: secretIn(old), ...newcomer }))).toBe('identity/link-unknown')
    const made = answered(await device.call(ownerSetUp, { secret: secretIn(link), ...newcomer }))
    expect(made.account).toMatchObject({ role: 'owner', email: newcomer.email, state: 'active' })
    expect(await world.identity.ownerLink()).toBeUndefined()
    expect(refused(await device.call(ownerSetUp, { secret: secretIn(link), ...newcomer, email: 'x@example.kz' }))).toBe(
      'identity/already-set-up',
    )
    expect(answered(await device.call(installationLook, {})).ready).toBe(true)
  })

  it('[IDE-1] the same link used twice at once makes one owner', async () => {
    const world = await start()
    const secret = secretIn(await world.identity.ownerLink())
    const called = await Promise.all(
      ['a@example.kz', 'b@example.kz', 'c@example.kz'].map((email) => world.browser().call(ownerSetUp, { ...newcomer, secret, email })),
    )
    expect(called.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await world.identity.accounts.all()).toHaveLength(1)
  })
})

describe('signing in', () => {
  it('[IDE-3] by e-mail in any case of letters, never by a name; the token opens what staff may see', async () => {
    const world = await start()
    await world.owner()
    const device = world.browser()
    for (const name of [OWNER_NAME, 'owner', '{"$gt":""}']) {
      expect(refused(await device.call(staffSignIn, { email: name, password: PASSWORD, keep: true }))).toBe('invalid')
    }
    for (const email of ['owner@example.kz', ' OWNER@Example.KZ ']) {
      const session = answered(await device.call(staffSignIn, { email, password: PASSWORD, keep: true }))
      device.token = session.token
      expect(answered(await device.call(staffMe, {})).profile.name).toBe(OWNER_NAME)
    }
  })

  it('[IDE-3] unknown, wrong and closed are one answer', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id } = answered(await (await invited(world, owner)).call(staffMe, {}))
    answered(await owner.call(accountState, { accountId: id, state: 'closed' }))
    const texts = new Set<string>()
    for (const [email, password] of [
      ['nobody@example.kz', PASSWORD],
      ['owner@example.kz', 'wrong password'],
      [newcomer.email, newcomer.password],
    ] as const) {
      const called = await world.browser().call(staffSignIn, { email, password, keep: true })
      expect(called.status).toBe(401)
      texts.add(JSON.stringify(called.ok ? {} : { ...called.problem, id: '' }))
    }
    expect([...texts]).toEqual(['{"kind":"unauthenticated","reason":"identity/wrong-credentials","id":""}'])
  })

  it('[IDE-3] an unknown name costs the work of a known one', async () => {
    const time = async (stored: string | undefined) => {
      const began = performance.now()
      for (let i = 0; i < 5; i++) await isPassword('guess', stored)
      return performance.now() - began
    }
    const stored = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
    await time(stored)
    const [known, unknown] = [await time(stored), await time(undefined)]
    expect(unknown).toBeGreaterThan(known / 4)
    expect(unknown).toBeLessThan(known * 4)
  })

  it('[IDE-2] a hash of older parameters is replaced at the next sign-in', async () => {
    const world = await start()
    await world.owner()
    const load = async () => (await world.storage.records.all<AccountRecord>('accounts'))[0]
    const stored = await load()
    if (!stored) throw new Error('no account')
    expect(stored.value.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const weak = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 })
    expect(isOutdated(weak)).toBe(true)
    const { email, madeBy } = stored.value
    await world.storage.records.replace(
      'accounts',
      stored.id,
      stored.version,
      { ...stored.value, passwordHash: weak },
      { unique: { email, madeBy } },
    )
    answered(await world.browser().call(staffSignIn, { email, password: PASSWORD, keep: true }))
    expect(isOutdated((await load())?.value.passwordHash ?? weak)).toBe(false)
  })
})

describe("staff's session", () => {
  it('[IDE-7] one cookie, unreadable, of the same site, for its own path', async () => {
    const world = await start()
    const owner = await world.owner()
    const cookie = owner.cookies.get('bitim_staff /api/staff/session')
    expect(cookie?.attributes).toMatch(/HttpOnly/)
    expect(cookie?.attributes).toMatch(/SameSite=Strict/)
    expect(cookie?.attributes).toMatch(/Max-Age=7776000/)
    const brief = world.browser()
    answered(await brief.call(staffSignIn, { email: 'owner@example.kz', password: PASSWORD, keep: false }))
    expect([...brief.cookies.values()].map(({ attributes }) => /Max-Age|Expires/.test(attributes))).toEqual([false, false])
  })

  it('[IDE-7] behind TLS the cookie is Secure by name and attribute', async () => {
    const world = await start({ publicUrl: 'https://mediation.example.kz' })
    const device = world.browser()
    const secret = secretIn(await world.identity.ownerLink())
    answered(await device.call(ownerSetUp, { secret, ...newcomer }, { origin: 'https://mediation.example.kz' }))
    const cookies = [...device.cookies.values()]
    expect(cookies.map(({ name }) => name).sort()).toEqual(['__Secure-bitim_device', '__Secure-bitim_staff'])
    for (const { attributes } of cookies) expect(attributes).toMatch(/; Secure|^Secure| Secure/)
  })

  it('[IDE-8] is renewed by the cookie and ends by signing out', async () => {
    const world = await start()
    const owner = await world.owner()
    const renewed = answered(await owner.call(staffRefresh, {}))
    owner.token = renewed.token
    expect(answered(await owner.call(staffMe, {})).id).toBe(renewed.account.id)
    answered(await owner.call(staffSignOut, {}))
    expect([...owner.cookies.values()].map(({ name }) => name)).toEqual(['bitim_device'])
    expect(refused(await owner.call(staffMe, {}))).toBe('unauthenticated')
    expect(refused(await owner.call(staffRefresh, {}))).toBe('identity/session-ended')
  })

  it('[IDE-9] a stolen older cookie ends the session of thief and owner', async () => {
    const world = await start()
    const owner = await world.owner()
    const stolen = owner.cookies.get('bitim_staff /api/staff/session')
    if (!stolen) throw new Error('no cookie')
    for (let turn = 0; turn < 2; turn++) answered(await owner.call(staffRefresh, {}))
    const thief = world.browser()
    thief.putCookie(stolen.name, stolen.path, stolen.value)
    expect(refused(await thief.call(staffRefresh, {}))).toBe('identity/session-ended')
    expect(refused(await owner.call(staffRefresh, {}))).toBe('identity/session-ended')
    expect(refused(await owner.call(staffMe, {}))).toBe('unauthenticated')
  })

  it('[IDE-9] two cookies of one name, one planted from a broader path, are none', async () => {
    const world = await start()
    const owner = await world.owner()
    const value = owner.cookies.get('bitim_staff /api/staff/session')?.value ?? ''
    expect(
      refused(await world.browser().send('POST', staffRefresh.path, {}, { cookie: `bitim_staff=${value}; bitim_staff=planted` })),
    ).toBe('identity/session-ended')
    expect((await owner.call(staffRefresh, {})).ok).toBe(true)
  })
})

describe('accounts', () => {
  it('[IDE-11] the owner invites; the link is good once and for seven days; only the owner sees accounts', async () => {
    const world = await start()
    const owner = await world.owner()
    const { link } = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
    const mediator = await invited(world, owner)
    expect(answered(await owner.call(accountList, {})).accounts).toHaveLength(2)
    expect(refused(await mediator.call(accountList, {}))).toBe('not-found')
    expect(refused(await mediator.call(mediatorInvite, { role: 'owner' }))).toBe('not-found')
    const second = { ...newcomer, secret: secretIn(link), email: 'second@example.kz' }
    expect(refused(await world.browser().call(mediatorAccept, { ...second, email: newcomer.email }))).toBe('identity/email-taken')
    answered(await world.browser().call(mediatorAccept, second))
    expect(refused(await world.browser().call(mediatorAccept, { ...second, email: 'third@example.kz' }))).toBe('identity/link-unknown')
    const late = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
    world.clock.set(late.expiresAt)
    expect(
      refused(await world.browser().call(mediatorAccept, { ...second, secret: secretIn(late.link), email: 'fourth@example.kz' })),
    ).toBe('identity/link-unknown')
  })

  it('[IDE-12] a closed account is out at once, with its connections; the last owner stays', async () => {
    const world = await start()
    const owner = await world.owner()
    const mediator = await invited(world, owner)
    const { id } = answered(await mediator.call(staffMe, {}))
    answered(await owner.call(accountState, { accountId: id, state: 'closed' }))
    expect(refused(await mediator.call(staffMe, {}))).toBe('unauthenticated')
    expect(refused(await mediator.call(staffRefresh, {}))).toBe('identity/session-ended')
    expect(world.revoked).toEqual([id])
    const me = answered(await owner.call(staffMe, {}))
    expect(refused(await owner.call(accountState, { accountId: me.id, state: 'closed' }))).toBe('identity/last-owner')
    answered(await owner.call(accountState, { accountId: id, state: 'active' }))
    expect((await world.browser().call(staffSignIn, { email: newcomer.email, password: newcomer.password, keep: true })).ok).toBe(true)
  })

  it('[IDE-12] a new password ends every other session and needs the present one', async () => {
    const world = await start()
    const owner = await world.owner()
    const elsewhere = world.browser()
    elsewhere.token = answered(await elsewhere.call(staffSignIn, { email: 'owner@example.kz', password: PASSWORD, keep: true })).token
    expect(refused(await owner.call(passwordChange, { current: 'wrong', next: 'a new long one' }))).toBe('identity/wrong-password')
    answered(await owner.call(passwordChange, { current: PASSWORD, next: 'a new long one' }))
    expect((await owner.call(staffMe, {})).ok).toBe(true)
    expect(refused(await elsewhere.call(staffMe, {}))).toBe('unauthenticated')
    const { id } = answered(await owner.call(staffMe, {}))
    const by = { share: 'known', source: 'test' } as const
    expect(await world.identity.accounts.checkPassword(id, 'a new long one', by)).toBe(true)
    expect(await world.identity.accounts.checkPassword(id, PASSWORD, by)).toBe(false)
  })

  it('[IDE-26] markup in a name stays text, operators in any field are refused, invisible characters too', async () => {
    const world = await start()
    const owner = await world.owner()
    const profile = {
      name: '<img src=x onerror=alert(1)>',
      organisation: "'; drop table--",
      registerNumber: '№ 1',
      phone: '+7 (701) 000-00-01',
      languages: ['kk' as const],
    }
    const changed = answered(await owner.call(profileChange, profile))
    expect(changed.profile).toEqual({ ...profile, phone: '+77010000001' })
    const good: Record<string, unknown> = { email: 'owner@example.kz', password: PASSWORD, keep: true }
    for (const field of Object.keys(good)) {
      for (const evil of [{ $gt: '' }, { $ne: null }, [good[field]], null, { toString: 'x' }]) {
        expect(refused(await world.browser().send('POST', staffSignIn.path, { ...good, [field]: evil }))).toBe('invalid')
      }
    }
    for (const name of ['a\u202eb', '\u200b', '\u2800', 'a\0b', '北京', '', ' ']) {
      expect(await owner.call(profileChange, { ...profile, name })).toMatchObject({ problem: { kind: 'invalid', field: 'name' } })
    }
  })
})
