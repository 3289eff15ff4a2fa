// One telephone that goes from hand to hand.
import { afterEach, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld } from '#server/testing/identity-world.ts'
import { testId } from '#server/testing/test-id.ts'
import { deviceEnd, invitationCode, invitationList, invitationRevoke } from '#shared/identity/invitation-protocol.ts'
import { joinEnter, personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import { isEasyCode, personHandOver, personTakeBack } from '#shared/identity/phone-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

const opened: IdentityWorld[] = []
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close()
})

const CODE = '403917'
const WRONG = '403918'

async function start() {
  const world = await identityWorld()
  opened.push(world)
  const owner = await world.owner()
  const { id, participantId } = await world.invite()
  const { browser: phone, session, secret } = await world.join(owner, id)
  const handOver = (code?: string) => phone.call(personHandOver, { participantId, ...(code === undefined ? {} : { code }) })
  const takeBack = (code: string, by: Browser = phone) => by.call(personTakeBack, { participantId, code })
  const isIn = async (token: string) => (await world.identity.authenticateInCase(token, world.caseId))?.participantId === participantId
  return { world, owner, id, participantId, phone, session, secret, handOver, takeBack, isIn }
}

describe('giving the phone away', () => {
  it('[IDE-150] ends what the token and the cookie could do, at once, and closes the connections', async () => {
    const { world, participantId, phone, session, handOver, isIn } = await start()
    expect(await isIn(session.token)).toBe(true)
    answered(await handOver(CODE))
    expect(await isIn(session.token)).toBe(false)
    expect(await world.identity.authenticate(session.token)).toBeUndefined()
    expect(refused(await phone.call(personRefresh, { participantId }))).toBe('identity/session-held')
    expect(world.revoked).toEqual([`${world.caseId} ${participantId}`])
  })

  it('[IDE-150] [IDE-151] the own code opens it again, and from then on a later hand-over needs no new one', async () => {
    const { participantId, phone, session, handOver, takeBack, isIn } = await start()
    answered(await handOver(CODE))
    const again = answered(await takeBack(CODE))
    expect(again).toMatchObject({ caseId: session.caseId, participantId, keep: true })
    expect(await isIn(again.token)).toBe(true)
    answered(await phone.call(personRefresh, { participantId }))
    answered(await handOver())
    expect(await isIn(again.token)).toBe(false)
    answered(await takeBack(CODE))
  })

  it('[IDE-152] the first time a code is needed, and one that everybody would try is refused; the session goes on', async () => {
    const { session, handOver, isIn } = await start()
    expect(refused(await handOver())).toBe('identity/own-code-needed')
    for (const easy of ['000000', '777777', '123456', '654321', '890123'])
      expect(refused(await handOver(easy))).toBe('identity/own-code-easy')
    expect(await isIn(session.token)).toBe(true)
  })

  it('[IDE-152] whoever holds the phone meanwhile sets no other code', async () => {
    const { handOver, takeBack } = await start()
    answered(await handOver(CODE))
    answered(await handOver('918273'))
    expect(refused(await takeBack('918273'))).toBe('identity/wrong-code')
    answered(await takeBack(CODE))
  })

  it('[IDE-152] whoever finds the phone open sets no other code for one that stands', async () => {
    const { handOver, takeBack } = await start()
    answered(await handOver(CODE))
    answered(await takeBack(CODE))
    answered(await handOver('918273'))
    expect(refused(await takeBack('918273'))).toBe('identity/wrong-code')
    answered(await takeBack(CODE))
  })

  it('[IDE-150] nobody holds or opens anything without the cookie of this person on this device', async () => {
    const { world, owner, session, handOver, takeBack, isIn } = await start()
    const other = await world.invite()
    const { browser: stranger } = await world.join(owner, other.id)
    expect(refused(await stranger.call(personHandOver, { participantId: session.participantId, code: CODE }))).toBe(
      'identity/session-ended',
    )
    expect(await isIn(session.token)).toBe(true)
    answered(await handOver(CODE))
    expect(refused(await takeBack(CODE, stranger))).toBe('identity/session-ended')
    expect(refused(await takeBack(CODE, world.browser()))).toBe('identity/session-ended')
    expect(refused(await stranger.call(personHandOver, { participantId: testId<ParticipantId>('nobody'), code: CODE }))).toBe(
      'identity/session-ended',
    )
  })
})

describe('a wrong code', () => {
  it('[IDE-151] is refused with the tries that are left, opens nothing, and the fifth locks, for the right one too', async () => {
    const { world, participantId, phone, session, handOver, takeBack, isIn } = await start()
    answered(await handOver(CODE))
    const before = [...phone.cookies.values()]
    const left = []
    for (let turn = 0; turn < 4; turn++) {
      const called = await takeBack(WRONG)
      left.push(called.ok ? 'in' : called.problem.details?.left)
    }
    expect(left).toEqual([4, 3, 2, 1])
    expect(refused(await takeBack(WRONG))).toBe('identity/own-code-locked')
    expect(refused(await takeBack(CODE))).toBe('identity/own-code-locked')
    expect(refused(await phone.call(personRefresh, { participantId }))).toBe('identity/session-held')
    expect([...phone.cookies.values()]).toEqual(before)
    expect(await isIn(session.token)).toBe(false)
    expect(world.access.some(({ what }) => what === 'device-ended')).toBe(false)
  })

  it('[IDE-151] many at once get no more tries than five', async () => {
    const { handOver, takeBack } = await start()
    answered(await handOver(CODE))
    const reasons = await Promise.all(Array.from({ length: 12 }, async () => refused(await takeBack(WRONG))))
    expect(reasons.filter((reason) => reason === 'identity/wrong-code')).toHaveLength(4)
    expect(reasons.filter((reason) => reason === 'identity/own-code-locked')).toHaveLength(8)
  })

  it('[IDE-151] a right one gives the five tries again', async () => {
    const { handOver, takeBack } = await start()
    for (let turn = 0; turn < 3; turn++) {
      answered(await handOver(CODE))
      for (let wrong = 0; wrong < 4; wrong++) expect(refused(await takeBack(WRONG))).toBe('identity/wrong-code')
      answered(await takeBack(CODE))
    }
  })

  it('[IDE-151] who is locked out comes in anew by their link and a code of the mediator’s', async () => {
    const { owner, id, phone, secret, handOver, takeBack, isIn } = await start()
    answered(await handOver(CODE))
    for (let wrong = 0; wrong < 5; wrong++) await takeBack(WRONG)
    const { code } = answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
    const { token } = answered(await phone.call(joinEnter, { secret, code: code ?? '', keep: true }))
    expect(await isIn(token)).toBe(true)
  })
})

describe('a held device', () => {
  it('[IDE-153] stays in the mediator’s list; its end is told and done', async () => {
    const { world, owner, id, handOver, takeBack } = await start()
    answered(await handOver(CODE))
    const listed = async () => answered(await owner.call(invitationList, { caseId: world.caseId })).invitations[0]?.devices ?? []
    const [device] = await listed()
    expect(device?.live).toBe(true)
    answered(await owner.call(deviceEnd, { invitationId: id, deviceId: device?.id ?? '' }))
    expect((await listed())[0]?.live).toBe(false)
    expect(world.access.at(-1)).toMatchObject({ what: 'device-ended', deviceId: device?.id })
    expect(refused(await takeBack(CODE))).toBe('identity/session-ended')
  })

  it('[IDE-153] ends with the invitation, and by leaving the device', async () => {
    const first = await start()
    answered(await first.handOver(CODE))
    answered(await first.owner.call(invitationRevoke, { invitationId: first.id }))
    expect(first.world.access.at(-1)).toMatchObject({ what: 'device-ended' })
    expect(refused(await first.takeBack(CODE))).toBe('identity/session-ended')
    const second = await start()
    answered(await second.handOver(CODE))
    answered(await second.phone.call(personSignOut, { participantId: second.participantId }))
    expect(refused(await second.takeBack(CODE))).toBe('identity/session-ended')
  })

  it('[IDE-152] nothing that rests tells the code', async () => {
    const { world, handOver } = await start()
    answered(await handOver(CODE))
    expect(JSON.stringify(await world.storage.records.all('sessions'))).not.toContain(CODE)
    expect(world.logLines.join('\n')).not.toContain(CODE)
  })
})

it('[IDE-152] easy are digits that are all alike or follow each other, and no others', () => {
  expect(['111111', '012345', '987654', '901234'].every(isEasyCode)).toBe(true)
  expect(['121212', '403917', '123457', '112233', '135791'].some(isEasyCode)).toBe(false)
})
