import { describe, expect, it } from 'vitest'
import { ok, refused, TEST_NOW, testServer } from '#client/http/testing.ts'
import { TEST_SESSION } from '#client/identity/testing/signed-in.tsx'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import { createPersonSessions } from './person-sessions.ts'
import { PEOPLE_KEY, rememberedPeople } from './remembered-people.ts'
import { createStaffSession } from './staff-session.ts'

const CASE = asId<CaseId>('caseAAAAAAAAAAAAAAAAAA')
const A = asId<ParticipantId>('personAAAAAAAAAAAAAAAA')
const B = asId<ParticipantId>('personBBBBBBBBBBBBBBBB')
const session = (participantId: ParticipantId, keep: boolean) => ({
  token: `t-${participantId}`,
  expiresAt: TEST_NOW + 600_000,
  caseId: CASE,
  participantId,
  keep,
})

describe('people on a device', () => {
  it('[JOI-6] two people of one case share a browser and keep their sessions apart', async () => {
    const server = testServer()
    const people = createPersonSessions(server.tools)
    for (const person of [A, B]) {
      server.on('POST /api/join/enter', () => ok(session(person, true)))
      await people.enter({ secret: `secret of ${person}`, code: '123456', keep: true })
    }
    await expect(people.whose(`secret of ${A}`)).resolves.toEqual({ caseId: CASE, participantId: A, keep: true })
    await expect(people.whose(`secret of ${B}`)).resolves.toMatchObject({ participantId: B })
    await expect(people.freshToken(A, { renew: false })).resolves.toMatchObject({ token: `t-${A}` })
    expect(people.inCase(CASE, A)).toEqual({ caseId: CASE, participantId: A, keep: true })
    expect(people.inCase(CASE, undefined)?.participantId).toBe(B)
  })

  it('[JOI-5] whoever is not remembered is on a device that is not theirs', () => {
    const people = createPersonSessions(testServer().tools)
    expect(people.inCase(CASE, A)).toEqual({ caseId: CASE, participantId: A, keep: false })
    expect(people.inCase(CASE, undefined)).toBeUndefined()
  })

  it('[IDE-421] who else of a case is in on the device is known, unless they gave it away, have left it, or nobody can be asked', async () => {
    const server = testServer()
    const people = createPersonSessions(server.tools)
    for (const person of [A, B]) {
      server.on('POST /api/join/enter', () => ok(session(person, true)))
      await people.enter({ secret: `secret of ${person}`, code: '123456', keep: true })
    }
    const later = () => createPersonSessions(server.tools).besides(CASE, B)
    server.on(`POST /api/people/${A}/session/refresh`, () => 'no connection')
    expect(await later()).toEqual([])
    server.on(`POST /api/people/${A}/session/refresh`, () => ok(session(A, true)))
    expect(await later()).toEqual([{ caseId: CASE, participantId: A, keep: true }])
    expect(await createPersonSessions(server.tools).besides(asId<CaseId>('caseBBBBBBBBBBBBBBBBBB'), B)).toEqual([])
    for (const reason of ['identity/session-held', 'identity/session-ended']) {
      server.on(`POST /api/people/${A}/session/refresh`, () => refused(401, { kind: 'unauthenticated', reason }))
      expect(await later()).toEqual([])
    }
  })

  it('[JOI-6] leaving forgets here at once, even when the server cannot be told', async () => {
    const server = testServer()
    const people = createPersonSessions(server.tools)
    server.on('POST /api/join/enter', () => ok(session(A, true)))
    await people.enter({ secret: 's', code: '123456', keep: true })
    server.on(`POST /api/people/${A}/session/end`, () => 'no connection')
    await expect(people.leave(A)).rejects.toThrow()
    expect([...server.storage.kept]).toEqual([])
    expect(people.inCase(CASE, undefined)).toBeUndefined()
  })

  it('[JOI-6] what something else wrote into the storage is as good as nothing', () => {
    for (const text of ['', '{', '7', '[{"link":1}]', '[null]', '[{"link":"l","participantId":"x","caseId":"y"}]']) {
      const { storage } = testServer()
      storage.setItem(PEOPLE_KEY, text)
      expect(rememberedPeople(storage).all()).toEqual([])
    }
  })
})

describe('staff', () => {
  it('[JOI-12] the token lives in memory alone and is found again by the cookie', async () => {
    const server = testServer()
    const staff = createStaffSession(server.tools)
    server.on('POST /api/staff/session/refresh', () => ok(TEST_SESSION))
    await staff.start()
    expect(staff.state()).toMatchObject({ kind: 'signed-in' })
    expect([...server.storage.kept]).toEqual([])
  })

  it('[JOI-12] without a session one is signed out; signing out forgets the token', async () => {
    const server = testServer()
    const staff = createStaffSession(server.tools)
    server.on('POST /api/staff/session/refresh', () => refused(401, { kind: 'unauthenticated' }))
    await staff.start()
    expect(staff.state()).toEqual({ kind: 'signed-out' })
    server.on('POST /api/staff/session/refresh', () => ok(TEST_SESSION))
    await staff.start()
    server.on('POST /api/staff/session/end', () => ok({}))
    await staff.signOut()
    expect(staff.state()).toEqual({ kind: 'signed-out' })
    server.on('POST /api/staff/session/refresh', () => refused(401, { kind: 'unauthenticated' }))
    await expect(staff.freshToken({ renew: false })).resolves.toBe('ended')
  })
})
