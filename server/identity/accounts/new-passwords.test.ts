import { afterEach, describe, expect, it } from 'vitest'
import { testDue } from '#server/testing/due.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld, PASSWORD } from '#server/testing/identity-world.ts'
import { testId } from '#server/testing/test-id.ts'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import {
  accountPasswordLink,
  accountState,
  mediatorAccept,
  mediatorInvite,
  passwordChange,
  passwordForgotten,
  passwordRenew,
  sinkRead,
  staffMe,
  staffSignIn,
} from '#shared/identity/staff-protocol.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { createAccountStore } from './account-store.ts'
import { createAccounts } from './accounts.ts'
import { LINKS_BY_MAIL } from './new-passwords.ts'
import { makePasswords } from './password.ts'
import { createPasswordLinkStore } from './password-link-store.ts'
import { type Asker, makePasswordWork } from './password-work.ts'

interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(options: Parameters<typeof identityWorld>[0] = {}) {
  const world = await identityWorld(options)
  closing.push(world.close)
  return { world, owner: await world.owner() }
}

/** An installation that sends mail, and what it has sent. */
async function withMail() {
  const letters: Letter[] = []
  return { letters, ...(await start({ mail: { sendMail: async (letter) => void letters.push(letter) }, trustProxy: 1 })) }
}

const NEXT = 'a quite new password'
const OWNER = 'owner@example.kz'
const MEDIATOR = { email: 'm@example.kz', name: 'Жаңа медиатор', password: 'another long one' }
const secretIn = (text: string | undefined) => /#([\w-]{32})/.exec(text ?? '')?.[1] ?? ''
const signIn = (world: IdentityWorld, email: string, password: string) => world.browser().call(staffSignIn, { email, password, keep: true })

async function addMediator(world: IdentityWorld, owner: Browser): Promise<{ device: Browser; id: AccountId }> {
  const { link } = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
  const device = world.browser()
  const { token, account } = answered(await device.call(mediatorAccept, { secret: secretIn(link), ...MEDIATOR }))
  device.token = token
  return { device, id: account.id }
}

describe('a forgotten password', () => {
  it('[IDE-40] a mailed link sets another password once, ends every session and connection, and its holder is told', async () => {
    const { world, owner, letters } = await withMail()
    const device = world.browser()
    expect(answered(await device.call(installationLook, {})).mail).toBe(true)
    answered(await device.call(passwordForgotten, { email: ' Owner@Example.kz', language: 'ru' }))
    await expect.poll(() => letters.length).toBe(1)
    expect(letters[0]).toMatchObject({ to: OWNER, subject: 'Новый пароль для Bitim' })
    expect(letters[0]?.text).toContain(`${world.url}/password#`)
    const secret = secretIn(letters[0]?.text)
    const before = world.revoked.length
    const session = answered(await device.call(passwordRenew, { secret, password: NEXT }))
    expect(session.account.email).toBe(OWNER)
    device.token = session.token
    answered(await device.call(staffMe, {}))
    expect(refused(await owner.call(staffMe, {}))).toBe('unauthenticated')
    expect(world.revoked.slice(before)).toEqual([session.account.id])
    expect(refused(await signIn(world, OWNER, PASSWORD))).toBe('identity/wrong-credentials')
    answered(await signIn(world, OWNER, NEXT))
    await expect.poll(() => letters.length).toBe(2)
    expect(letters[1]?.to).toBe(OWNER)
    expect(letters[1]?.text).not.toContain('#')
    expect(refused(await device.call(passwordRenew, { secret, password: 'yet another password' }))).toBe('identity/link-unknown')
    expect([...device.cookies.values()].some(({ attributes }) => /Max-Age/.test(attributes))).toBe(false)
  })

  it('[IDE-41] known, unknown and closed addresses are answered alike, and nothing is mailed but to the holder', async () => {
    const { world, owner, letters } = await withMail()
    const { id } = await addMediator(world, owner)
    answered(await owner.call(accountState, { accountId: id, state: 'closed' }))
    const answers = new Set<string>()
    for (const email of ['nobody@example.kz', MEDIATOR.email, OWNER]) {
      const called = await world.browser().call(passwordForgotten, { email, language: 'kk' })
      answers.add(`${called.status} ${JSON.stringify(called.ok ? called.answer : called.problem)}`)
    }
    expect([...answers]).toEqual(['200 {}'])
    await expect.poll(() => letters.length).toBe(1)
    expect(letters.map(({ to }) => to)).toEqual([OWNER])
  })

  it('[IDE-41] a mail server that hangs, or refuses, changes no answer', async () => {
    let asked = 0
    const sendMail = async () => {
      asked += 1
      throw new Error('no mail today')
    }
    const { world } = await start({ mail: { sendMail } })
    answered(await world.browser().call(passwordForgotten, { email: OWNER, language: 'en' }))
    await expect.poll(() => asked).toBe(1)
    const hanging = await start({ mail: { sendMail: () => new Promise(() => undefined) } })
    answered(await hanging.world.browser().call(passwordForgotten, { email: OWNER, language: 'en' }))
  })

  it('[IDE-42] one account gets three mails an hour, from however many networks; one network that asks much waits', async () => {
    const { world, letters } = await withMail()
    const ask = (email: string, from: number) =>
      world.browser().call(passwordForgotten, { email, language: 'en' }, { 'X-Forwarded-For': `10.0.${from}.1` })
    for (let from = 0; from < 8; from++) {
      answered(await ask(OWNER, from))
      await expect.poll(() => letters.length).toBe(Math.min(from + 1, LINKS_BY_MAIL))
    }
    world.clock.pass(3_600_001)
    answered(await ask(OWNER, 99))
    await expect.poll(() => letters.length).toBe(LINKS_BY_MAIL + 1)
    const many = await Promise.all(Array.from({ length: 20 }, (_, each) => ask(`n${each}@example.kz`, 200)))
    expect(many.filter(({ ok }) => !ok).map(refused)).toContain('identity/mails-too-many')
    answered(await ask('other@example.kz', 201))
  })

  it('[IDE-43] a link ends after an hour, with any change of the password, and with the account; of two uses at once one counts', async () => {
    const { world, owner, letters } = await withMail()
    const { device, id } = await addMediator(world, owner)
    const link = async () => {
      const before = letters.length
      answered(await world.browser().call(passwordForgotten, { email: MEDIATOR.email, language: 'en' }))
      await expect.poll(() => letters.length).toBe(before + 1)
      return secretIn(letters.at(-1)?.text)
    }
    const use = (secret: string, password = NEXT) => world.browser().call(passwordRenew, { secret, password })
    const old = await link()
    world.clock.pass(3_600_001)
    expect(refused(await use(old))).toBe('identity/link-unknown')
    const overtaken = await link()
    device.token = answered(await signIn(world, MEDIATOR.email, MEDIATOR.password)).token
    answered(await device.call(passwordChange, { current: MEDIATOR.password, next: 'chosen by themselves' }))
    expect(refused(await use(overtaken))).toBe('identity/link-unknown')
    const twice = await link()
    const uses = await Promise.all([use(twice, `${NEXT} one`), use(twice, `${NEXT} two`)])
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    world.clock.pass(3_600_001)
    const closed = await link()
    owner.token = answered(await signIn(world, OWNER, PASSWORD)).token // an hour has passed
    answered(await owner.call(accountState, { accountId: id, state: 'closed' }))
    expect(refused(await use(closed))).toBe('identity/link-unknown')
  })

  it('[IDE-201] a password set by a link stands, whoever was changing the old one meanwhile', async () => {
    const { world } = await start()
    const { storage, clock } = world
    const stores = { records: storage.records, due: testDue(storage, clock), clock }
    const entropy = seededEntropy('passwords')
    const real = makePasswords({ entropy, work: makePasswordWork() })
    const by: Asker = { share: 'known', source: 'a device' }
    const renewed: Promise<unknown>[] = []
    const accounts = createAccounts({
      ...{ clock, entropy, store: createAccountStore(stores), links: createPasswordLinkStore(stores) },
      passwords: {
        ...real,
        async hash(password, asker) {
          if (password === 'of an intruder') {
            const made = await accounts.newPasswordSecret(id, 'mail')
            renewed.push(accounts.renewPassword({ secret: made?.secret ?? '', password: NEXT }, by))
            await Promise.all(renewed)
          }
          return real.hash(password, asker)
        },
      },
    })
    const [{ id } = { id: testId<AccountId>('nobody') }] = await accounts.all()
    await expect(accounts.changePassword(id, { current: PASSWORD, next: 'of an intruder' }, by)).rejects.toMatchObject({
      problem: { reason: 'identity/wrong-password' },
    })
    expect(renewed).toHaveLength(1)
    answered(await signIn(world, OWNER, NEXT))
    expect(refused(await signIn(world, OWNER, 'of an intruder'))).toBe('identity/wrong-credentials')
  })

  it('[IDE-44] where no mail is sent, a local sink gets no link; the owner makes one for somebody else, with their own password', async () => {
    const { world, owner } = await start()
    const { device, id } = await addMediator(world, owner)
    expect(answered(await device.call(installationLook, {})).mail).toBe(false)
    answered(await device.call(passwordForgotten, { email: MEDIATOR.email, language: 'en' }))
    expect(answered(await device.call(sinkRead, {})).messages).toEqual([])
    expect(refused(await device.call(accountPasswordLink, { accountId: id, password: MEDIATOR.password }))).toBe('not-found')
    expect(refused(await owner.call(accountPasswordLink, { accountId: id, password: 'not mine' }))).toBe('identity/wrong-password')
    const { link, expiresAt } = answered(await owner.call(accountPasswordLink, { accountId: id, password: PASSWORD }))
    expect(link).toMatch(new RegExp(`^${world.url}/password#[\\w-]{32}$`))
    expect(expiresAt).toBe(world.clock.now() + 86_400_000)
    const session = answered(await world.browser().call(passwordRenew, { secret: secretIn(link), password: NEXT }))
    expect(session.account.id).toBe(id)
    const told = answered(await device.call(sinkRead, {})).messages
    expect(told.map(({ to }) => to)).toEqual([MEDIATOR.email, MEDIATOR.email])
    expect(told.map(({ text }) => text).join('')).not.toContain('#')
    expect(refused(await device.call(staffMe, {}))).toBe('unauthenticated')
    answered(await owner.call(staffMe, {}))
    const ownId = answered(await owner.call(staffMe, {})).id
    expect(refused(await owner.call(accountPasswordLink, { accountId: ownId, password: PASSWORD }))).toBe('forbidden')
  })

  it('[IDE-45] the log says that a link was made and used, for which account, and carries no secret and no address', async () => {
    const { world, owner } = await start()
    const { id } = await addMediator(world, owner)
    const { link } = answered(await owner.call(accountPasswordLink, { accountId: id, password: PASSWORD }))
    answered(await world.browser().call(passwordRenew, { secret: secretIn(link), password: NEXT }))
    const lines = world.logLines.filter((line) => line.includes(id))
    expect(lines.join('\n')).toContain('an owner made a link for a new password')
    expect(lines.join('\n')).toContain('a password was set by a link')
    for (const secret of [secretIn(link), NEXT, MEDIATOR.email, PASSWORD]) expect(world.logLines.join('\n')).not.toContain(secret)
  })
})
