import { afterEach, describe, expect, it } from 'vitest'
import { answered, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld, OWNER_NAME } from '#server/testing/identity-world.ts'
import { testId } from '#server/testing/test-id.ts'
import { deviceEnd, invitationCode, invitationLink, invitationList, invitationRevoke } from '#shared/identity/invitation-protocol.ts'
import { joinEnter, joinLook, personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import { staffMe } from '#shared/identity/staff-protocol.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(options: Parameters<typeof identityWorld>[0] = {}): Promise<IdentityWorld> {
  const world = await identityWorld(options)
  closing.push(world.close)
  return world
}

const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('opening a link', () => {
  it("[IDE-13] changes nothing, however often, and shows only the mediator's name", async () => {
    const world = await start()
    const owner = await world.owner()
    const { id } = await world.invite()
    const { secret, code } = await world.linkAndCode(owner, id)
    const stored = () => Promise.all(['invitations', 'sessions', 'one-time-codes'].map((name) => world.storage.records.all(name)))
    const before = await stored()
    for (let i = 0; i < 3; i++) {
      const device = world.browser('TelegramBot (like TwitterBot)')
      expect(answered(await device.call(joinLook, { secret }))).toEqual({ mediatorName: OWNER_NAME, language: 'kk' })
      expect(device.cookies.size).toBe(0)
    }
    expect(await stored()).toEqual(before)
    expect((await world.browser().call(joinEnter, { secret, code, keep: true })).ok).toBe(true)
  })

  it('[IDE-13] by GET there is nothing to consume', async () => {
    const world = await start()
    for (const path of [joinLook.path, joinEnter.path]) expect(refused(await world.browser().send('GET', path))).toBe('not-found')
  })

  it('[IDE-14] mistyped, replaced and revoked links are answered alike, to look and to enter', async () => {
    const world = await start()
    const owner = await world.owner()
    const [first, second] = [await world.invite(), await world.invite()]
    const replaced = await world.linkAndCode(owner, first.id)
    answered(await owner.call(invitationLink, { invitationId: first.id }))
    const revoked = await world.linkAndCode(owner, second.id)
    answered(await owner.call(invitationRevoke, { invitationId: second.id }))
    const looks = new Set<string>()
    for (const secret of ['A'.repeat(32), replaced.secret, revoked.secret]) {
      for (const called of [
        await world.browser().call(joinLook, { secret }),
        await world.browser().call(joinEnter, { secret, code: replaced.code, keep: true }),
      ]) {
        const headers = [...called.headers].filter(([name]) => name !== 'date')
        looks.add(
          JSON.stringify([called.status, called.ok ? {} : { ...called.problem, id: '' }, headers.filter(([name]) => name !== 'etag')]),
        )
      }
    }
    expect(looks.size).toBe(1)
    expect([...looks][0]).toContain('identity/link-unknown')
  })
})

describe('the code', () => {
  it('[IDE-15] binds the link to this device, brings the person into the case, is used up', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id, participantId } = await world.invite()
    const { secret, code } = await world.linkAndCode(owner, id)
    const device = world.browser()
    const session = answered(await device.call(joinEnter, { secret, code: ` ${code.slice(0, 3)} ${code.slice(3)}`, keep: true }))
    expect(session).toMatchObject({ caseId: world.caseId, participantId, keep: true })
    expect(world.entered).toEqual([`${world.caseId} ${participantId}`])
    expect(await world.identity.authenticateInCase(session.token, world.caseId)).toMatchObject({
      participantId,
      expiresAt: session.expiresAt,
    })
    expect(await world.identity.authenticateInCase(session.token, testId<CaseId>('other'))).toBeUndefined()
    expect(refused(await world.browser().call(joinEnter, { secret, code, keep: true }))).toBe('identity/code-used')
  })

  it('[IDE-7] one cookie for this participant alone; on a borrowed device it ends with the browser', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id, participantId } = await world.invite()
    const kept = await world.join(owner, id)
    const path = `/api/people/${participantId}/session`
    expect([...kept.browser.cookies.values()]).toMatchObject([{ name: 'bitim_person', path }])
    expect([...kept.browser.cookies.values()][0]?.attributes).toMatch(/Max-Age=.*HttpOnly; SameSite=Strict/)
    const borrowed = await world.join(owner, id, false)
    expect(borrowed.session.keep).toBe(false)
    expect([...borrowed.browser.cookies.values()][0]?.attributes).not.toMatch(/Max-Age|Expires/)
    const renewed = answered(await borrowed.browser.call(personRefresh, { participantId }))
    expect(renewed.keep).toBe(false)
    expect([...borrowed.browser.cookies.values()][0]?.attributes).not.toMatch(/Max-Age|Expires/)
  })

  it('[IDE-16] five wrong ones lock the invitation; the mediator sees it and opens it by a new code', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id } = await world.invite()
    const { secret, code } = await world.linkAndCode(owner, id)
    const device = world.browser()
    const tries = []
    for (let i = 0; i < 5; i++) {
      const called = await device.call(joinEnter, { secret, code: other(code), keep: true })
      tries.push(called.ok ? 'in' : `${called.problem.reason} ${called.problem.details?.left ?? ''}`.trim())
    }
    expect(tries).toEqual([4, 3, 2, 1].map((left) => `identity/wrong-code ${left}`).concat('identity/code-locked'))
    expect(refused(await device.call(joinEnter, { secret, code, keep: true }))).toBe('identity/code-locked')
    const listed = answered(await owner.call(invitationList, { caseId: world.caseId }))
    expect(listed.invitations[0]).toMatchObject({ state: 'locked', code: { triesLeft: 0 } })
    const fresh = answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
    expect((await device.call(joinEnter, { secret, code: fresh.code ?? '', keep: true })).ok).toBe(true)
    expect(world.entered).toHaveLength(1)
  })
})

describe('devices', () => {
  it('[IDE-17] another one needs a new code; both are listed by time and coarse words, without an address', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id, participantId } = await world.invite()
    const { secret, code } = await world.linkAndCode(owner, id)
    const phone = world.browser()
    const desktop = world.browser('Mozilla/5.0 (Windows NT 10.0) Firefox/132.0')
    answered(await phone.call(joinEnter, { secret, code, keep: true }))
    expect(refused(await desktop.call(joinEnter, { secret, code, keep: true }))).toBe('identity/code-used')
    world.clock.set(world.clock.now() + 60_000)
    const fresh = answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
    answered(await desktop.call(joinEnter, { secret, code: fresh.code ?? '', keep: false }))
    expect((await phone.call(personRefresh, { participantId })).ok).toBe(true)
    const { invitations } = answered(await owner.call(invitationList, { caseId: world.caseId }))
    expect(invitations[0]?.devices).toMatchObject([
      { device: 'Chrome, Android', keep: true, live: true },
      { device: 'Firefox, Windows', keep: false, live: true },
    ])
    expect(JSON.stringify(invitations)).not.toContain('127.0.0')
  })

  it('[IDE-18] one is ended: its token and cookie at once, the other stays', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id, participantId } = await world.invite()
    const [one, two] = [await world.join(owner, id), await world.join(owner, id)]
    const deviceId = (await world.identity.authenticate(one.session.token))?.sessionId ?? ''
    answered(await owner.call(deviceEnd, { invitationId: id, deviceId }))
    expect(await world.identity.authenticate(one.session.token)).toBeUndefined()
    expect(refused(await one.browser.call(personRefresh, { participantId }))).toBe('identity/session-ended')
    expect(await world.identity.authenticate(two.session.token)).toBeDefined()
    expect(world.revoked).toEqual([`${world.caseId} ${participantId}`])
  })

  it("[IDE-5] a party's cookie and token open nothing of another participant, nor of staff", async () => {
    const world = await start()
    const owner = await world.owner()
    const [mine, theirs] = [await world.invite(), await world.invite()]
    const { browser, session } = await world.join(owner, mine.id)
    await world.join(owner, theirs.id)
    const cookie = [...browser.cookies.values()][0]
    browser.putCookie('bitim_person', `/api/people/${theirs.participantId}/session`, cookie?.value ?? '')
    browser.putCookie('bitim_staff', '/api/staff/session', cookie?.value ?? '')
    expect(refused(await browser.call(personRefresh, { participantId: theirs.participantId }))).toBe('identity/session-ended')
    expect(refused(await browser.send('POST', '/api/staff/session/refresh', {}))).toBe('identity/session-ended')
    browser.token = session.token
    expect(refused(await browser.call(staffMe, {}))).toBe('not-found')
  })

  it('[IDE-6] signing out ends the session; the link alone does not come back', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id, participantId } = await world.invite()
    const { browser, session, secret } = await world.join(owner, id)
    answered(await browser.call(personSignOut, { participantId }))
    expect(browser.cookies.size).toBe(0)
    expect(await world.identity.authenticate(session.token)).toBeUndefined()
    expect(refused(await browser.call(joinEnter, { secret, code: '123456', keep: true }))).toBe('identity/code-used')
  })

  it('[IDE-18] revoking ends link, code, devices and connections; a new link invites again', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id, participantId } = await world.invite()
    const { browser, session, secret } = await world.join(owner, id)
    const waiting = answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
    answered(await owner.call(invitationRevoke, { invitationId: id }))
    expect(await world.identity.authenticate(session.token)).toBeUndefined()
    expect(refused(await browser.call(personRefresh, { participantId }))).toBe('identity/session-ended')
    expect(refused(await browser.call(joinEnter, { secret, code: waiting.code ?? '', keep: true }))).toBe('identity/link-unknown')
    expect(refused(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))).toBe('identity/revoked')
    expect(world.revoked).toEqual([`${world.caseId} ${participantId}`])
    expect((await world.join(owner, id)).session.participantId).toBe(participantId)
  })

  it('[IDE-18] whoever leaves the case for good loses link and devices', async () => {
    const world = await start()
    const owner = await world.owner()
    const { id, participantId } = await world.invite()
    const { session } = await world.join(owner, id)
    await world.identity.endParticipant(world.caseId, participantId, undefined)
    expect(await world.identity.authenticate(session.token)).toBeUndefined()
  })

  it('[CAS-209] whoever was invited by nobody, a mediator, has their connections looked at the moment that they are out', async () => {
    const world = await start()
    const mediator = testId<ParticipantId>('mediator')
    await world.identity.endParticipant(world.caseId, mediator, undefined)
    expect(world.revoked).toEqual([`${world.caseId} ${mediator}`])
  })
})
