// People of every role in a running case: who is added with which rooms, replaced, marked as under age, and who signs; through the real log.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actorOf } from '#server/cases/actor-of.ts'
import { act, idOf, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, caseOpen, MAX_PEOPLE_APART, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { type AddedRole, APART_ROLES, SIDE_ROLES } from '#shared/cases/people-fields.ts'
import { personAdd, personCorrect, personEnd, personEnter } from '#shared/cases/people-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, audienceKind } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { grantGive } from '#shared/rooms/grant-protocol.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'

const world = supplyCase()
const { caseId, mediator } = world
const [first, second] = world.people
const [firstSide, secondSide] = world.sides
const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
const named = (name: string) => idOf<ParticipantId>(name)
const SIDED: readonly AddedRole[] = SIDE_ROLES
const READ_BY_ROLE: readonly AddedRole[] = ['party', 'representative', 'lawyer']

let storage: ReturnType<typeof memoryStorage>
let log: ReturnType<typeof serverOver>
beforeEach(async () => {
  storage = memoryStorage()
  log = serverOver({ storage })
  await openSession(log, world)
})
afterEach(() => storage.close())

const add = (role: AddedRole, more: object = {}) =>
  act(log, mediator, personAdd, {
    participantId: named(role),
    role,
    name: 'Мария Жук',
    language: 'ru',
    ...(SIDED.includes(role) ? { sideId: firstSide } : {}),
    ...more,
  })

async function people() {
  const folded = (await log.state(caseId)).audiences.get('case')
  return (folded && sliceOf(folded, caseFold).facts?.people) ?? []
}

async function enter(id: ParticipantId): Promise<Person> {
  await log.step(caseId, personEnter, { participantId: id }, newCommandId())
  const person = actorOf(await log.state(caseId), caseId, id)
  if (!person) throw new Error('nobody of this case')
  await act(log, person, agreementConfirm, confirmation)
  return person
}

async function reads(audience: Audience, id: ParticipantId): Promise<boolean> {
  const folded = (await log.state(caseId)).audiences.get(audience)
  return folded !== undefined && readsAt(sliceOf(folded, roomFold), id, setClock().now())
}

const refusal = (reason: string) => expect.objectContaining({ problem: expect.objectContaining({ reason }) })

describe('[CAS-202] somebody who is added', () => {
  for (const role of [...SIDE_ROLES, ...APART_ROLES]) {
    const rooms = READ_BY_ROLE.includes(role) ? ['all', 'case', 'direct', 'self', 'side'] : ['case', 'direct', 'self']
    it(`[CAS-202] ${role}: has the right to ${rooms.join(', ')}`, async () => {
      await add(role)
      const right = [...(await log.state(caseId)).audiences].flatMap(([audience, folded]) =>
        Object.values(sliceOf(folded, roomFold).grants).some(({ participantId }) => participantId === named(role)) ? [audience] : [],
      )
      expect(right.map(audienceKind).sort()).toEqual(rooms)
      const tooEarly = READ_BY_ROLE.includes(role) ? { kind: 'conflict', reason: 'rooms/not-arrived' } : { kind: 'not-found' }
      await expect(act(log, mediator, personAdmit, { participantId: named(role), to: 'all' })).rejects.toMatchObject({ problem: tooEarly })
      const person = await enter(named(role))
      expect(person).toMatchObject({ role, ...(SIDED.includes(role) ? { sideId: firstSide } : {}) })
      const letIn = act(log, mediator, personAdmit, { participantId: person.id, to: 'all' }).then(
        () => 'let in',
        ({ problem }) => problem.kind,
      )
      expect(await letIn).toBe(READ_BY_ROLE.includes(role) ? 'let in' : 'not-found')
    })

    it(`[CAS-202] ${role}: ${SIDED.includes(role) ? 'never without a side' : 'never with one'}`, async () => {
      const wrong = SIDED.includes(role) ? { sideId: undefined } : { sideId: firstSide }
      await expect(add(role, wrong)).rejects.toMatchObject({ problem: { kind: 'invalid', field: 'sideId' } })
    })
  }

  it('[CAS-202] is no mediator, and of those without a side there are so many at most', async () => {
    await expect(add('mediator' as AddedRole)).rejects.toMatchObject({ problem: { kind: 'invalid' } })
    for (let at = 0; at < MAX_PEOPLE_APART; at++) await add('expert', { participantId: asId(`e${at}`.padEnd(22, '_')) })
    await expect(add('interpreter')).rejects.toEqual(refusal('cases/apart-full'))
    await act(log, mediator, personEnd, { participantId: asId('e1'.padEnd(22, '_')) })
    await add('interpreter')
  })
})

describe('[CAS-203] somebody who comes in the place of another', () => {
  it('[CAS-203] is told to be that, in one commit with the going of the other, who keeps nothing', async () => {
    await add('lawyer')
    await enter(named('lawyer'))
    await act(log, mediator, personAdmit, { participantId: named('lawyer'), to: 'all' })
    const places = await add('lawyer', { participantId: named('next'), name: 'Асан Үсен', insteadOf: named('lawyer') })
    expect(places.length).toBeGreaterThan(5)
    const known = await people()
    expect(known.find(({ id }) => id === named('next'))).toMatchObject({ insteadOf: named('lawyer'), role: 'lawyer' })
    expect(known.find(({ id }) => id === named('lawyer'))?.endedAt).toBeDefined()
    for (const audience of ['case', 'all', `side:${firstSide}`, `direct:${named('lawyer')}`] as Audience[])
      expect([audience, await reads(audience, named('lawyer'))]).toEqual([audience, false])
  })

  it('[CAS-203] comes in nobody’s place who is not there or stands elsewhere, and then is not there either', async () => {
    for (const insteadOf of [named('nobody'), second.id, mediator.id]) {
      await expect(add('lawyer', { insteadOf })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    }
    expect((await people()).some(({ id }) => id === named('lawyer'))).toBe(false)
    expect((await people()).every(({ endedAt }) => endedAt === undefined)).toBe(true)
  })

  it('[CAS-203] has room where there is none for one more', async () => {
    for (let at = 1; at < 5; at++) await add('representative', { participantId: asId(`p${at}`.padEnd(22, '_')) })
    await expect(add('lawyer')).rejects.toEqual(refusal('cases/side-full'))
    await add('lawyer', { insteadOf: asId('p2'.padEnd(22, '_')) })
  })
})

describe('[CAS-206] a party under age', () => {
  const minor = { participantId: first.id, name: 'Айгүл Серік', language: 'kk', minor: true } as const

  it('[CAS-206] is marked by a correction, which takes the mark away too; nobody of another role is', async () => {
    await act(log, mediator, personCorrect, minor)
    expect((await people()).find(({ id }) => id === first.id)?.minor).toBe(true)
    expect(await act(log, mediator, personCorrect, minor)).toEqual([])
    await act(log, mediator, personCorrect, { ...minor, minor: false })
    expect((await people()).find(({ id }) => id === first.id)?.minor).toBeUndefined()
    for (const role of [...SIDE_ROLES, ...APART_ROLES].filter((each) => each !== 'party')) {
      await expect(add(role, { minor: true })).rejects.toMatchObject({ problem: { kind: 'invalid', field: 'minor' } })
    }
    await add('lawyer')
    await expect(act(log, mediator, personCorrect, { ...minor, participantId: named('lawyer') })).rejects.toMatchObject({
      problem: { field: 'minor' },
    })
  })

  for (const [role, guards] of [
    ['representative', true],
    ['teacher', true],
    ['psychologist', true],
    ['lawyer', false],
    ['companion', false],
    ['party', false],
    ['interpreter', false],
  ] as const) {
    it(`[CAS-207] a session ${guards ? 'begins' : 'does not begin'} with ${role} beside them, once they have come and confirmed`, async () => {
      const other = memoryStorage()
      const server = serverOver({ storage: other })
      const { body } = world
      const opened = { ...body, people: body.people.map((person) => (person.id === first.id ? { ...person, minor: true } : person)) }
      await server.step(caseId, caseOpen, opened, newCommandId())
      await act(server, mediator, agreementConfirm, confirmation)
      const begin = () => act(server, mediator, sessionStart, {})
      const alone = expect.objectContaining({
        problem: expect.objectContaining({ reason: 'cases/minor-alone', details: { names: ['Айгүл Серік'] } }),
      })
      await expect(begin()).rejects.toEqual(alone)
      const sideId = SIDED.includes(role) ? { sideId: firstSide } : {}
      await act(server, mediator, personAdd, { participantId: named(role), role, name: 'Мария Жук', language: 'ru', ...sideId })
      await server.step(caseId, personEnter, { participantId: named(role) }, newCommandId())
      await expect(begin()).rejects.toEqual(alone)
      await act(server, { kind: 'person', caseId, id: named(role), role, ...sideId }, agreementConfirm, confirmation)
      if (guards) await expect(begin()).resolves.toHaveLength(1)
      else await expect(begin()).rejects.toEqual(alone)
      await other.close()
    })
  }

  it('[CAS-207] somebody of the other side stands by nobody here', async () => {
    await add('teacher', { sideId: secondSide })
    await enter(named('teacher'))
    await act(log, mediator, grantGive, { audience: 'all', participantId: named('teacher') })
    await act(log, mediator, personCorrect, minor)
    const party = named('minor')
    await add('party', { ...minor, participantId: party })
    await enter(party)
    await expect(act(log, mediator, personAdmit, { participantId: party, to: 'all' })).rejects.toEqual(refusal('rooms/minor-alone'))
  })
})

describe('[CAS-204] who signs', () => {
  it('[CAS-204] a side without party and representative cannot be', async () => {
    const { body } = world
    const people_ = body.people.map((person) => (person.sideId === firstSide ? { ...person, role: 'lawyer' as const } : person))
    await expect(log.step(asId('x'.padEnd(22, '_')), caseOpen, { ...body, people: people_ }, newCommandId())).rejects.toMatchObject({
      problem: { field: 'sides.0' },
    })
  })
})
