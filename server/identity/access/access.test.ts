// Nobody comes in as somebody else in silence: each link, address and device is told to the person's earlier devices and the mediator.
import { afterEach, describe, expect, it } from 'vitest'
import { answered, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld } from '#server/testing/identity-world.ts'
import { testId } from '#server/testing/test-id.ts'
import { deviceAnswer, deviceLook } from '#shared/identity/access-protocol.ts'
import { devicesIn, devicesToAnswer } from '#shared/identity/access-state.ts'
import { deviceEnd, invitationChange, invitationLink, invitationRevoke } from '#shared/identity/invitation-protocol.ts'
import { joinEnter, personRefresh } from '#shared/identity/join-protocol.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

const MEDIATOR = testId<ParticipantId>('mediator')
const opened: IdentityWorld[] = []
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close()
})

type Joined = Awaited<ReturnType<IdentityWorld['join']>>

async function deviceOf({ browser, session }: Joined): Promise<string> {
  browser.token = session.token
  return answered(await browser.call(deviceLook, { caseId: session.caseId })).deviceId
}

async function start() {
  const world = await identityWorld()
  opened.push(world)
  const owner = await world.owner()
  return { world, owner, ...(await world.invite()) }
}

describe('what is done about somebody’s ways in', () => {
  it('[IDE-55] a link, a changed address, a device, its end: each is told with who did it, and an unchanged address is not', async () => {
    const { world, owner, id } = await start()
    const deviceId = await deviceOf(await world.join(owner, id))
    const change = { invitationId: id, phone: '+77010000001' as const, language: 'kk' as const }
    answered(await owner.call(invitationChange, { ...change, email: 'party@example.kz' }))
    answered(await owner.call(invitationChange, { ...change, email: 'other@example.kz' }))
    answered(await owner.call(deviceEnd, { invitationId: id, deviceId }))
    expect(world.access).toMatchObject([
      { what: 'link-made', by: MEDIATOR },
      { what: 'device-bound', deviceId, code: 'read-out' },
      { what: 'contacts-changed', by: MEDIATOR, contacts: ['email'] },
      { what: 'device-ended', deviceId, by: MEDIATOR },
    ])
    expect(JSON.stringify(world.access)).not.toMatch(/example\.kz|7701/)
  })

  it('[IDE-55] revoking an invitation tells of every device that it ends', async () => {
    const { world, owner, id } = await start()
    const devices = [await deviceOf(await world.join(owner, id)), await deviceOf(await world.join(owner, id))]
    answered(await owner.call(invitationRevoke, { invitationId: id }))
    const ended = world.access.flatMap((entry) => (entry.what === 'device-ended' ? [entry.deviceId] : []))
    expect(new Set(ended)).toEqual(new Set(devices))
  })

  it('[IDE-55] what cannot be told is not done: no link is made, no device comes in', async () => {
    const { world, owner, id } = await start()
    const { secret, code } = await world.linkAndCode(owner, id)
    world.breakAccess()
    expect(refused(await owner.call(invitationLink, { invitationId: id }))).toBe('unavailable')
    const device = world.browser()
    expect(refused(await device.call(joinEnter, { secret, code, keep: true }))).toBe('unavailable')
    expect(device.cookies.size).toBe(0)
    const sessions = await world.storage.records.all<{ state: string; owner: { kind: string } }>('sessions')
    expect(sessions.filter(({ value }) => value.owner.kind === 'person' && value.state === 'live')).toEqual([])
  })
})

describe('what a mediator can make of these lines', () => {
  it('[IDE-141] the end of a device is told once, and what costs a line is counted', async () => {
    const { world, owner, id } = await start()
    const deviceId = await deviceOf(await world.join(owner, id))
    for (let i = 0; i < 3; i++) answered(await owner.call(deviceEnd, { invitationId: id, deviceId }))
    expect(world.access.filter(({ what }) => what === 'device-ended')).toHaveLength(1)
    const change = (last: number) =>
      owner.call(invitationChange, { invitationId: id, phone: `+7701000000${last % 10}`, email: '', language: 'kk' })
    let refusal: string | undefined
    for (let i = 0; i < 200 && refusal === undefined; i++) {
      const answer = await change(i)
      if (!answer.ok) refusal = refused(answer)
    }
    expect(refusal).toBe('too-many')
  })

  it('[IDE-142] whoever is taken out of the case: their line tells which devices ended, and by whom, before they are invited anew', async () => {
    const { world, owner, id, participantId } = await start()
    const deviceId = await deviceOf(await world.join(owner, id))
    await world.identity.endParticipant(world.caseId, participantId, MEDIATOR)
    await world.join(owner, id)
    expect(world.access.slice(2)).toMatchObject([
      { what: 'device-ended', deviceId, by: MEDIATOR },
      { what: 'link-made', by: MEDIATOR },
      { what: 'device-bound', code: 'read-out' },
    ])
  })

  it('[IDE-142] they are out also where it cannot be told', async () => {
    const { world, owner, id, participantId } = await start()
    const { session } = await world.join(owner, id)
    world.breakAccess()
    await expect(world.identity.endParticipant(world.caseId, participantId, MEDIATOR)).rejects.toThrow()
    expect(await world.identity.authenticate(session.token)).toBeUndefined()
  })
})

describe('a later device', () => {
  it('[IDE-56] is the person’s when an earlier one says so, and ends at once when it says not', async () => {
    const { world, owner, id, participantId } = await start()
    const [early, mine, thief] = [await world.join(owner, id), await world.join(owner, id), await world.join(owner, id)]
    const [own, later, last] = [await deviceOf(early), await deviceOf(mine), await deviceOf(thief)]
    const answer = (deviceId: string, isMine: boolean) => early.browser.call(deviceAnswer, { caseId: world.caseId, deviceId, mine: isMine })
    expect(devicesToAnswer({ entries: world.access }, own).map(({ deviceId }) => deviceId)).toEqual([later, last])
    answered(await answer(later, true))
    answered(await answer(last, false))
    expect(devicesToAnswer({ entries: world.access }, own)).toEqual([])
    expect(devicesIn({ entries: world.access }).map(({ ended }) => ended)).toEqual([false, false, true])
    expect(refused(await thief.browser.call(personRefresh, { participantId }))).toBe('identity/session-ended')
    expect((await mine.browser.call(personRefresh, { participantId })).ok).toBe(true)
    expect(world.revoked).toContain(`${world.caseId} ${participantId}`)
  })

  it('[IDE-56] answers for no earlier one, not for itself, not twice, and for nobody in another case', async () => {
    const { world, owner, id } = await start()
    const [early, late] = [await world.join(owner, id), await world.join(owner, id)]
    const [first, second] = [await deviceOf(early), await deviceOf(late)]
    const ask = (by: Joined, deviceId: string, caseId = world.caseId) => by.browser.call(deviceAnswer, { caseId, deviceId, mine: false })
    expect(refused(await ask(late, first))).toBe('not-found')
    expect(refused(await ask(late, second))).toBe('not-found')
    expect(refused(await ask(early, second, testId<CaseId>('another')))).toBe('not-found')
    answered(await ask(early, second))
    expect(refused(await ask(early, second))).toBe('not-found')
  })
})
