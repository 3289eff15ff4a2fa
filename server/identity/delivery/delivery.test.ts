import { afterEach, describe, expect, it } from 'vitest'
import { answered, browser, rawRequest, refused } from '#server/testing/http-world.ts'
import { identityWorld, OWNER_NAME } from '#server/testing/identity-world.ts'
import { type MailServer, openMailServer } from '#server/testing/mail-server.ts'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import { invitationCode, invitationLink, invitationSend } from '#shared/identity/invitation-protocol.ts'
import { sinkRead } from '#shared/identity/staff-protocol.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import en from '../texts/en.json' with { type: 'json' }
import kk from '../texts/kk.json' with { type: 'json' }
import ru from '../texts/ru.json' with { type: 'json' }
import { sinkAllowed } from './sink.ts'
import { createSmtpSender } from './smtp-sender.ts'
import { words } from './words.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function mailServer(options?: Parameters<typeof openMailServer>[0]): Promise<MailServer> {
  const server = await openMailServer(options)
  closing.push(server.close)
  return server
}

function smtp(url: string) {
  const sender = createSmtpSender({ smtpUrl: url, from: 'Bitim <no-reply@example.kz>' })
  closing.push(() => sender.close())
  return sender
}

describe('mail', () => {
  it('[IDE-22] the link arrives as plain text in Kazakh, names the mediator alone, whole', async () => {
    const { url, mails } = await mailServer()
    const world = await identityWorld({ mail: smtp(url), noSink: true })
    closing.push(world.close)
    const owner = await world.owner()
    const { id } = await world.invite()
    const { link, secret } = answered(await owner.call(invitationLink, { invitationId: id }))
    answered(await owner.call(invitationSend, { invitationId: id, secret, way: 'mail' }))
    expect(mails).toHaveLength(1)
    const { mail, raw, to } = mails[0] ?? { mail: undefined, raw: '', to: [] }
    expect(to).toEqual(['party@example.kz'])
    expect(mail?.subject).toBe('Медиацияға шақыру')
    expect(mail?.text?.replaceAll('\r\n', '\n').trim()).toBe(words('kk', 'identity.mail.link.text', { mediator: OWNER_NAME, link }))
    expect(mail?.html).toBeUndefined()
    expect(mail?.attachments).toEqual([])
    expect(mail?.from).toMatchObject({ name: 'Bitim', address: 'no-reply@example.kz' })
    expect(raw).not.toMatch(/X-Mailer|nodemailer/i)
    expect(raw).not.toContain(world.caseId)
  })

  it('[IDE-22] an address cannot become a second recipient or a header', async () => {
    const { url, mails } = await mailServer()
    const sender = smtp(url)
    for (const to of ['a@example.kz, b@example.kz', 'a@example.kz\r\nBcc: b@example.kz']) {
      await sender.sendMail({ to, subject: 'x\r\nBcc: b@example.kz', text: 'x' }).catch(() => undefined) // refused is as good
    }
    for (const { raw, to } of mails) {
      expect(to.length).toBeLessThanOrEqual(1)
      expect(to).not.toContain('b@example.kz')
      expect(raw).not.toMatch(/^Bcc:/m)
    }
  })

  it('[IDE-22] a mail server that refuses is said to the mediator and logged without the address', async () => {
    const { url } = await mailServer({ refusal: 'no such box canary@example.kz' })
    const world = await identityWorld({ mail: smtp(url), noSink: true })
    closing.push(world.close)
    const owner = await world.owner()
    const { id } = await world.invite()
    const { secret } = answered(await owner.call(invitationLink, { invitationId: id }))
    expect(refused(await owner.call(invitationSend, { invitationId: id, secret, way: 'mail' }))).toBe('identity/not-delivered')
    expect(world.logLines.join()).toContain('identity/not-delivered')
    expect(world.logLines.join()).not.toContain('canary@')
    expect(refused(await owner.call(invitationCode, { invitationId: id, way: 'mail' }))).toBe('identity/same-way')
  })
})

describe('the sink', () => {
  it('[IDE-23] is read by the owner from anywhere, by anybody on loopback, by no page from outside', async () => {
    const world = await identityWorld()
    closing.push(world.close)
    const owner = await world.owner()
    const distant = { 'x-forwarded-for': '203.0.113.9' }
    expect(answered(await world.browser().call(sinkRead, {})).messages).toEqual([])
    expect(refused(await world.browser().call(sinkRead, {}, distant))).toBe('not-found')
    expect((await owner.call(sinkRead, {}, distant)).ok).toBe(true)
    const { id } = await world.invite()
    const party = await world.join(owner, id)
    expect(refused(await party.browser.call(sinkRead, {}, distant))).toBe('not-found')
    expect(answered(await world.browser().call(installationLook, {})).sink).toBe(true)
    expect(answered(await world.browser().call(installationLook, {}, distant)).sink).toBe(false)
  })

  it('[IDE-23] a foreign name that points at loopback is a page from outside', async () => {
    const world = await identityWorld()
    closing.push(world.close)
    const { status } = await rawRequest(world.url, sinkRead.path, { headers: { host: 'rebound.example' } })
    expect(status).toBe(404)
  })

  it('[IDE-23] there is none with SMTP or a public address', async () => {
    expect(sinkAllowed({ publicUrl: undefined, hasMail: false })).toBe(true)
    expect(sinkAllowed({ publicUrl: 'http://localhost:8080', hasMail: false })).toBe(true)
    expect(sinkAllowed({ publicUrl: 'https://mediation.example.kz', hasMail: false })).toBe(false)
    expect(sinkAllowed({ publicUrl: 'http://localhost.example.kz', hasMail: false })).toBe(false)
    expect(sinkAllowed({ publicUrl: undefined, hasMail: true })).toBe(false)
    const world = await identityWorld({ noSink: true })
    closing.push(world.close)
    const owner = await world.owner()
    expect(refused(await owner.call(sinkRead, {}))).toBe('not-found')
    expect(refused(await browser(world.url).call(sinkRead, {}))).toBe('not-found')
  })
})

describe('words', () => {
  it('[IDE-28] the three languages have the same words with the same placeholders', () => {
    const shape = (texts: Record<string, string>) =>
      Object.entries(texts)
        .map(([id, text]) => `${id} ${[...text.matchAll(/\{\w+\}/g)].map(String).sort().join(' ')}`)
        .sort()
    expect(shape(kk)).toEqual(shape(en))
    expect(shape(ru)).toEqual(shape(en))
    for (const text of [en, ru, kk].flatMap((texts) => Object.values(texts))) expect(text.trim()).not.toBe('')
  })

  it('[IDE-28] a missing value is an error, never a hole', () => {
    for (const locale of LOCALES) expect(() => words(locale, 'identity.sms.code')).toThrow(TypeError)
  })

  it('[IDE-26] a value that looks like a placeholder stays as it is', () => {
    expect(words('en', 'identity.slip.invite', { mediator: '{phone} $& <b>' })).toBe(
      '{phone} $& <b>, mediator, invites you to a mediation.',
    )
  })
})
