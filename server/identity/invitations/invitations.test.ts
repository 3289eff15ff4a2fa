import { afterEach, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld, OWNER_NAME } from '#server/testing/identity-world.ts'
import { testId } from '#server/testing/test-id.ts'
import {
  invitationChange,
  invitationCode,
  invitationLink,
  invitationList,
  invitationRoutes,
  invitationSend,
  invitationSlip,
  readOutList,
} from '#shared/identity/invitation-protocol.ts'
import { mediatorAccept, mediatorInvite, profileChange, sinkRead } from '#shared/identity/staff-protocol.ts'
import { pathNames } from '#shared/protocol/route.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(options: Parameters<typeof identityWorld>[0] = {}): Promise<{ world: IdentityWorld; owner: Browser }> {
  const world = await identityWorld(options)
  closing.push(world.close)
  return { world, owner: await world.owner() }
}

describe("a mediator's invitations", () => {
  it('[IDE-18] a link is shown once; what was sent where is listed', async () => {
    const { world, owner } = await start()
    const { id, participantId } = await world.invite()
    const list = async () => answered(await owner.call(invitationList, { caseId: world.caseId })).invitations[0]
    expect(await list()).toMatchObject({ participantId, state: 'made', code: null, deliveries: [], devices: [] })
    const { link, secret } = answered(await owner.call(invitationLink, { invitationId: id }))
    expect(link).toBe(`${world.url}/join#${secret}`)
    answered(await owner.call(invitationSend, { invitationId: id, secret, way: 'qr' }))
    answered(await owner.call(invitationCode, { invitationId: id, way: 'sms' }))
    expect(await list()).toMatchObject({
      state: 'sent',
      code: { way: 'sms', triesLeft: 5 },
      deliveries: [
        { what: 'link', way: 'qr' },
        { what: 'code', way: 'sms' },
      ],
    })
    expect(JSON.stringify(await list())).not.toContain(secret)
  })

  it('[IDE-19] the code does not follow the link, the link does not follow the code', async () => {
    const { world, owner } = await start()
    const { id } = await world.invite()
    const first = answered(await owner.call(invitationLink, { invitationId: id }))
    const sent = answered(await owner.call(invitationSend, { invitationId: id, secret: first.secret, way: 'sms' }))
    expect(sent.codeWays).toEqual(['read-out', 'mail'])
    expect(refused(await owner.call(invitationCode, { invitationId: id, way: 'sms' }))).toBe('identity/same-way')
    answered(await owner.call(invitationCode, { invitationId: id, way: 'mail' }))
    expect(refused(await owner.call(invitationSend, { invitationId: id, secret: first.secret, way: 'mail' }))).toBe('identity/same-way')
    expect(refused(await owner.call(invitationSend, { invitationId: id, secret: first.secret, way: 'copy' }))).toBe('identity/same-way')
    const fresh = answered(await owner.call(invitationLink, { invitationId: id }))
    expect(refused(await owner.call(invitationSend, { invitationId: id, secret: fresh.secret, way: 'mail' }))).toBe('identity/same-way')
    answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
    answered(await owner.call(invitationSend, { invitationId: id, secret: fresh.secret, way: 'mail' }))
    const { messages } = answered(await owner.call(sinkRead, {}))
    expect(messages.map(({ way }) => way)).toEqual(['mail', 'mail'])
    expect(messages[0]?.text).toContain(fresh.link)
    expect(messages[0]?.text).not.toMatch(/\b\d{6}\b/)
    expect(messages[1]?.text).toMatch(/\b\d{6}\b/)
    expect(messages[1]?.text).not.toContain('/join#')
  })

  it('[JOI-46] what stayed in the local sink is recorded as that; what a mail server or gateway took is not', async () => {
    const taken = { sendMail: async () => undefined }
    const gone = { sendSms: async () => undefined }
    for (const [options, local] of [
      [{}, { local: true }],
      [{ mail: taken, sms: gone }, {}],
    ] as const) {
      const { world, owner } = await start(options)
      const { id } = await world.invite()
      const { secret } = answered(await owner.call(invitationLink, { invitationId: id }))
      answered(await owner.call(invitationSend, { invitationId: id, secret, way: 'mail' }))
      const { deliveries } = answered(await owner.call(invitationCode, { invitationId: id, way: 'sms' })).invitation
      expect(deliveries.map(({ at: _, ...each }) => each)).toEqual([
        { what: 'link', way: 'mail', ...local },
        { what: 'code', way: 'sms', ...local },
      ])
    }
  })

  it('[IDE-20] a code stands in clear in one answer only, and only to be read out', async () => {
    const { world, owner } = await start()
    const { id } = await world.invite()
    expect(answered(await owner.call(invitationCode, { invitationId: id, way: 'sms' })).code).toBeNull()
    const { code } = answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
    expect(code).toMatch(/^\d{6}$/)
    const after = [await owner.call(invitationList, { caseId: world.caseId }), await owner.call(readOutList, { caseId: world.caseId })]
    for (const called of after) expect(called.text).not.toContain(`"${code}"`)
  })

  it('[IDE-24] a code for signing that is to be read out is shown to the mediator', async () => {
    const { world, owner } = await start()
    const { participantId } = await world.invite()
    const { code, expiresAt } = await world.identity.codes.makeCode(
      { purpose: 'sign', subject: 'v' },
      { way: 'read-out', showTo: { caseId: world.caseId, participantId } },
    )
    expect(answered(await owner.call(readOutList, { caseId: world.caseId })).codes).toEqual([
      { participantId, purpose: 'sign', code, expiresAt },
    ])
  })

  it('[IDE-24] codes to be read out stand in the order in which they were made: a new one moves none away under a finger', async () => {
    const { world, owner } = await start()
    const made: string[] = []
    for (let turn = 0; turn < 8; turn++) {
      const { participantId } = await world.invite()
      const subject = `version/${participantId}`
      const { code } = await world.identity.codes.makeCode(
        { purpose: 'sign', subject },
        { way: 'read-out', showTo: { caseId: world.caseId, participantId } },
      )
      made.push(code)
      world.clock.pass(1_000)
      expect(answered(await owner.call(readOutList, { caseId: world.caseId })).codes.map((each) => each.code)).toEqual(made)
    }
  })

  it('[IDE-18] a void or foreign secret is not sent', async () => {
    const { world, owner } = await start()
    const [one, two] = [await world.invite(), await world.invite()]
    const old = answered(await owner.call(invitationLink, { invitationId: one.id }))
    answered(await owner.call(invitationLink, { invitationId: one.id }))
    for (const invitationId of [one.id, two.id]) {
      expect(refused(await owner.call(invitationSend, { invitationId, secret: old.secret, way: 'mail' }))).toBe('identity/link-unknown')
    }
    expect(answered(await owner.call(sinkRead, {})).messages).toEqual([])
  })

  it('[IDE-19] a way without address or gateway is said, not tried', async () => {
    const { world, owner } = await start()
    const { id } = await world.invite({ phone: '', email: '' })
    const { secret } = answered(await owner.call(invitationLink, { invitationId: id }))
    expect(refused(await owner.call(invitationSend, { invitationId: id, secret, way: 'mail' }))).toBe('identity/no-address')
    expect(refused(await owner.call(invitationCode, { invitationId: id, way: 'sms' }))).toBe('identity/no-address')
    const changed = answered(await owner.call(invitationChange, { invitationId: id, phone: '+7 701 000 00 02', email: '', language: 'ru' }))
    expect(changed).toMatchObject({ contacts: { phone: '+77010000002', email: '' }, language: 'ru', codeWays: ['read-out', 'sms'] })
    const bare = await start({ noSink: true })
    const invited = await bare.world.invite()
    const made = answered(await bare.owner.call(invitationLink, { invitationId: invited.id }))
    expect(made.invitation.codeWays).toEqual(['read-out'])
    expect(refused(await bare.owner.call(invitationSend, { invitationId: invited.id, secret: made.secret, way: 'mail' }))).toBe(
      'identity/no-gateway',
    )
    expect(refused(await bare.owner.call(invitationCode, { invitationId: invited.id, way: 'sms' }))).toBe('identity/no-gateway')
  })

  it('[IDE-28] [DOC-66] the slip has the words of the person, and no code', async () => {
    const { world, owner } = await start()
    answered(
      await owner.call(profileChange, { name: OWNER_NAME, organisation: '', registerNumber: '', phone: '+77270000000', languages: [] }),
    )
    const { id } = await world.invite()
    const { secret, link } = answered(await owner.call(invitationLink, { invitationId: id }))
    const slip = answered(await owner.call(invitationSlip, { invitationId: id, secret }))
    expect(slip).toMatchObject({
      link,
      mediatorName: OWNER_NAME,
      mediatorPhone: '+77270000000',
      language: 'kk',
      title: 'Медиацияға шақыру',
    })
    expect(slip.lines).toHaveLength(6)
    expect(slip.lines.join(' ')).not.toMatch(/[{}]/)
    expect(slip.lines.at(-1)).toContain('0000 1111 2222 3333 4444 5555 6666 7777')
  })

  it('[IDE-15] an invitation is made once for a participant', async () => {
    const { world } = await start()
    const { id, participantId } = await world.invite()
    const again = await world.identity.invitations.create({
      caseId: world.caseId,
      participantId,
      mediatorId: testId('somebody'),
      mediatorName: 'x',
      language: 'en',
      contacts: { phone: '', email: '' },
    })
    expect(again).toBe(id)
  })
})

describe('others', () => {
  it('[IDE-21] to everybody but the mediators of the case its invitations are what never existed', async () => {
    const { world, owner } = await start()
    const { id } = await world.invite()
    const { browser: party, session } = await world.join(owner, id)
    const { link } = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
    const stranger = world.browser()
    stranger.token = answered(
      await stranger.call(mediatorAccept, {
        secret: link.split('#')[1] ?? '',
        email: 's@example.kz',
        name: 'Stranger',
        password: 'a long password',
      }),
    ).token
    party.token = session.token
    const values: Record<string, string> = { caseId: world.caseId, invitationId: id, deviceId: testId('device') }
    const bodies: Record<string, object> = {
      [invitationSend.path]: { secret: 'A'.repeat(32), way: 'mail' },
      [invitationSlip.path]: { secret: 'A'.repeat(32) },
      [invitationCode.path]: { way: 'read-out' },
      [invitationChange.path]: { phone: '', email: '', language: 'kk' },
    }
    for (const route of invitationRoutes) {
      const ask = (device: Browser, names: Record<string, string>) => {
        const path = pathNames(route.path).reduce((text, name) => text.replace(`:${name}`, names[name] ?? ''), route.path as string)
        return device.send(route.method, path, route.method === 'GET' ? undefined : (bodies[route.path] ?? {}))
      }
      const never = { ...values, caseId: testId('never'), invitationId: testId('never') }
      const answers = [await ask(stranger, values), await ask(stranger, never), await ask(party, values)]
      const told = answers.map((called) => JSON.stringify([called.status, called.ok ? {} : { ...called.problem, id: '' }]))
      expect(told).toEqual(Array(3).fill('[404,{"kind":"not-found","id":""}]'))
      expect((await ask(world.browser(), values)).status).toBe(401)
    }
    expect(answered(await owner.call(invitationList, { caseId: world.caseId })).invitations[0]?.state).toBe('joined')
  })
})

describe('what rests and what is logged', () => {
  it('[IDE-10] [IDE-27] no secret, code, password, token or name is in the log; none that signs in rests in the records', async () => {
    const { world, owner } = await start()
    const { id } = await world.invite({ phone: '+77015550001', email: 'canary@example.kz' })
    const { browser, session, secret } = await world.join(owner, id)
    const { code } = answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
    await browser.call(invitationList, { caseId: world.caseId })
    await browser.send('POST', '/api/join/look', `{"secret":"${secret}"`)
    await browser.send('GET', `/join?secret=${secret}`)
    const cookies = [...browser.cookies.values(), ...owner.cookies.values()].map(({ value }) => value)
    const log = world.logLines.join('\n')
    expect(log).toContain('POST /api/join/enter')
    for (const canary of [secret, session.token, owner.token, OWNER_NAME, 'correct horse', 'canary@', '77015550001', ...cookies]) {
      expect(log).not.toContain(canary)
    }
    expect(log).not.toMatch(new RegExp(`\\b${code}\\b`))
    const names = ['accounts', 'invitations', 'sessions', 'one-time-codes', 'owner-link', 'welcome-links']
    const rest = JSON.stringify(await Promise.all(names.map((name) => world.storage.records.all(name))))
    for (const canary of [secret, session.token, 'correct horse', ...cookies, ...cookies.flatMap((value) => value.split('.').slice(2))]) {
      expect(rest).not.toContain(canary)
    }
    expect(rest).not.toContain(`"${code}"`)
  })
})
