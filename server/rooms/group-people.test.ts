// A room for some is no way round what is asked before sides talk together, nor is a right that does not hold yet.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseLog } from '#server/log/case-log.ts'
import { act, idOf, newCommandId, openSession, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, mediationEnd, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import type { AddedRole } from '#shared/cases/people-fields.ts'
import { personAdd, personCorrect, personEnd, personEnter } from '#shared/cases/people-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type ParticipantId, type RoomId, type SideId } from '#shared/kernel/ids.ts'
import { hasSide, isOfSide } from '#shared/kernel/roles.ts'
import { viewOf } from '#shared/log/decide.ts'
import { stateIn } from '#shared/log/fold.ts'
import { consentAnswer, consentAsk } from '#shared/rooms/consent-protocol.ts'
import { grantGive, grantTake } from '#shared/rooms/grant-protocol.ts'
import { minorsAloneIn } from '#shared/rooms/group-people.ts'
import { groupEnd, groupInvite, groupLeave, groupOpen, groupRelease } from '#shared/rooms/group-protocol.ts'
import { procedureSet } from '#shared/rooms/procedure-protocol.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'
import { closeGrants } from './close-grants.ts'
import { leadMinorsOut } from './lead-minors-out.ts'

const world = supplyCase()
const { caseId, mediator } = world
const [first, second] = world.people
const [firstSide, secondSide] = world.sides
const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
const ORDINARY = { caucusOnly: false, noVideo: false, breaks: false, interpreter: false }
const HOUR = 3_600_000

let storage: ReturnType<typeof memoryStorage>
let clock: ReturnType<typeof setClock>
let log: CaseLog

beforeEach(async () => {
  storage = memoryStorage()
  clock = setClock()
  const subscribers = subscribed()
  log = serverOver({ storage, clock, subscribers })
  const onTrouble = (cause: unknown) => expect(cause).toBeUndefined()
  subscribers.add(closeGrants({ log, onTrouble }))
  subscribers.add(leadMinorsOut({ log, clock, newStep: newCommandId, onTrouble }))
  await openSession(log, world, { admit: false })
  for (const { id: participantId } of world.people) await act(log, mediator, personAdmit, { participantId, to: 'side' })
})
afterEach(() => storage.close())

async function guest(role: AddedRole, sideId: SideId = firstSide): Promise<Person> {
  const id = idOf<ParticipantId>(`${role}-${sideId}`)
  const side = hasSide({ role }) ? { sideId } : {}
  await act(log, mediator, personAdd, { participantId: id, role, name: 'Мария Жук', language: 'ru', ...side })
  await log.step(caseId, personEnter, { participantId: id }, newCommandId())
  const person: Person = { kind: 'person', caseId, id, role, ...side }
  await act(log, person, agreementConfirm, confirmation)
  if (isOfSide(person)) await act(log, mediator, personAdmit, { participantId: id, to: 'side' })
  return person
}

const answer = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (cause: unknown) => (cause instanceof AppError ? (cause.problem.reason ?? cause.problem.kind) : String(cause)),
  )
const ids = (people: readonly Person[]) => people.map(({ id }) => id)
const room = (nth: number) => asId<RoomId>(`room-${nth}`.padEnd(22, '_'))
const open = (nth: number, ...people: readonly Person[]) =>
  answer(act(log, mediator, groupOpen, { roomId: room(nth), name: 'Бөлек', people: ids(people), end: { way: 'open' } }))
const invite = (nth: number, ...people: readonly Person[]) =>
  answer(act(log, mediator, groupInvite, { roomId: room(nth), people: ids(people) }))

it('[PRE-41] [ROO-212] while talks are held apart no room brings a party together with another side; lawyers may meet', async () => {
  const [lawyer, representative] = [await guest('lawyer'), await guest('representative', secondSide)]
  await act(log, mediator, procedureSet, { ...ORDINARY, caucusOnly: true })
  expect(await open(1, first, second)).toBe('rooms/caucus-only')
  expect(await open(1, first, representative)).toBe('rooms/caucus-only')
  expect(await open(2, first, lawyer)).toBe('done')
  expect(await invite(2, second)).toBe('rooms/caucus-only')
  expect(await open(3, lawyer, representative)).toBe('done')
  expect(await invite(3, first)).toBe('rooms/caucus-only')
})

it('[PRE-41] [ROO-212] that talks are held apart is not said while such a room stands', async () => {
  expect(await open(1, first, second)).toBe('done')
  const apart = () => answer(act(log, mediator, procedureSet, { ...ORDINARY, caucusOnly: true }))
  expect(await apart()).toBe('rooms/joint-begun')
  await act(log, mediator, groupEnd, { roomId: room(1) })
  expect(await apart()).toBe('done')
})

it('[PRE-41] nobody is let into the joint room by a right either while talks are held apart', async () => {
  const interpreter = await guest('interpreter')
  await act(log, mediator, procedureSet, { ...ORDINARY, caucusOnly: true })
  const letIn = (audience: 'all' | `side:${SideId}`) => answer(act(log, mediator, grantGive, { audience, participantId: interpreter.id }))
  expect(await letIn('all')).toBe('rooms/caucus-only')
  expect(await letIn(sideAudience(firstSide) as `side:${SideId}`)).toBe('done')
})

it('[ROO-108] [ROO-213] a party under age is in no room with another side before somebody of theirs is there who guards them', async () => {
  await act(log, mediator, personCorrect, { participantId: first.id, name: 'Айгүл Серік', language: 'kk', minor: true })
  const teacher = await guest('teacher')
  const lawyer = await guest('lawyer')
  expect(await open(1, first, second)).toBe('rooms/minor-alone')
  expect(await open(1, first, lawyer, second)).toBe('rooms/minor-alone')
  expect(await open(1, first, lawyer)).toBe('done')
  expect(await invite(1, second)).toBe('rooms/minor-alone')
  expect(await open(2, second)).toBe('done')
  expect(await invite(2, first)).toBe('rooms/minor-alone')
  expect(await invite(2, first, teacher)).toBe('done')
})

it('[ROO-108] [ROO-213] a teacher whose time in the joint room is over, or has not come, is not there', async () => {
  await act(log, mediator, personCorrect, { participantId: first.id, name: 'Айгүл Серік', language: 'kk', minor: true })
  const teacher = await guest('teacher')
  const letIn = (time: object) => act(log, mediator, grantGive, { audience: 'all', participantId: teacher.id, ...time })
  const admit = () => answer(act(log, mediator, personAdmit, { participantId: first.id, to: 'all' }))
  await letIn({ from: clock.now() + HOUR })
  expect(await admit()).toBe('rooms/minor-alone')
  await act(log, mediator, grantTake, { audience: 'all', participantId: teacher.id })
  await letIn({ until: clock.now() + HOUR })
  clock.pass(HOUR)
  expect(await admit()).toBe('rooms/minor-alone')
  await letIn({})
  expect(await admit()).toBe('done')
})

/** What follows from the acts before is stored before one more act is. */
async function isIn(audience: Audience, id: ParticipantId = first.id): Promise<boolean> {
  const { breaks = false } = stateIn((await log.state(caseId)).audiences, procedureFold, 'case') ?? {}
  await act(log, mediator, procedureSet, { ...ORDINARY, breaks: !breaks })
  return readsAt(stateIn((await log.state(caseId)).audiences, roomFold, audience), id, clock.now())
}

describe('[ROO-216] with the last who guards them, a party under age goes out of every room that joins sides', () => {
  const minor = { participantId: first.id, name: 'Айгүл Серік', language: 'kk', minor: true } as const
  let teacher: Person
  const joined = [roomAudience(room(1)), 'all'] as const

  beforeEach(async () => {
    await act(log, mediator, personCorrect, minor)
    teacher = await guest('teacher')
    await act(log, mediator, grantGive, { audience: 'all', participantId: teacher.id, until: clock.now() + HOUR })
    for (const { id: participantId } of [first, second]) await act(log, mediator, personAdmit, { participantId, to: 'all' })
    expect(await open(1, first, second, teacher)).toBe('done')
    for (const audience of joined) expect(await isIn(audience)).toBe(true)
  })

  const WAYS: readonly (readonly [string, readonly Audience[], () => Promise<unknown>])[] = [
    ['taken out of the case', joined, () => act(log, mediator, personEnd, { participantId: teacher.id })],
    [
      'replaced by another',
      joined,
      () => {
        const other = { participantId: idOf<ParticipantId>('other'), role: 'teacher', name: 'Ольга Ли', language: 'ru' } as const
        return act(log, mediator, personAdd, { ...other, sideId: firstSide, insteadOf: teacher.id })
      },
    ],
    ['taken out of the joint talk', ['all'], () => act(log, mediator, grantTake, { audience: 'all', participantId: teacher.id })],
    ['taken out of a room for some', [joined[0]], () => act(log, mediator, groupRelease, { roomId: room(1), participantId: teacher.id })],
    ['gone out of it', [joined[0]], () => act(log, teacher, groupLeave, { roomId: room(1) })],
  ]
  for (const [name, out, go] of WAYS) {
    it(name, async () => {
      await go()
      for (const audience of joined) expect([audience, await isIn(audience)]).toEqual([audience, !out.includes(audience)])
      for (const audience of joined) expect(await isIn(audience, second.id)).toBe(true)
      expect(await isIn(sideAudience(firstSide))).toBe(true)
    })
  }

  it('their time is over, and the case is read anew by a server that did not see it', async () => {
    clock.pass(HOUR)
    const subscribers = subscribed()
    const another = serverOver({ storage, clock, subscribers })
    subscribers.add(leadMinorsOut({ log: another, clock, newStep: newCommandId, onTrouble: (cause) => expect(cause).toBeUndefined() }))
    await another.state(caseId)
    log = another
    expect(await isIn('all')).toBe(false)
    expect(await isIn(joined[0])).toBe(true)
  })

  it('between sessions and after the mediation they read what was said; a session that begins without their guard begins without them', async () => {
    await act(log, mediator, sessionEnd, {})
    await act(log, mediator, grantTake, { audience: 'all', participantId: teacher.id })
    expect(await isIn('all')).toBe(true)
    await act(log, mediator, sessionStart, {})
    expect(await isIn('all')).toBe(false)
    await act(log, mediator, grantGive, { audience: 'all', participantId: teacher.id })
    await act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })
    await act(log, mediator, mediationEnd, { ground: 'circumstances' })
    await act(log, mediator, grantTake, { audience: 'all', participantId: teacher.id })
    expect(minorsAloneIn(viewOf((await log.state(caseId)).audiences), 'all', clock.now())).toEqual([])
  })

  it('a room that is over stays theirs to read', async () => {
    await act(log, mediator, groupEnd, { roomId: room(1) })
    await act(log, mediator, personEnd, { participantId: teacher.id })
    expect(await isIn('all')).toBe(false)
    expect(await isIn(joined[0])).toBe(true)
  })

  it('another who guards them is there: they stay', async () => {
    const psychologist = await guest('psychologist')
    await act(log, mediator, grantGive, { audience: 'all', participantId: psychologist.id })
    await act(log, mediator, grantTake, { audience: 'all', participantId: teacher.id })
    expect(await isIn('all')).toBe(true)
  })

  it('let in again with somebody, and alone once more: out once more', async () => {
    for (let round = 0; round < 2; round++) {
      await act(log, mediator, grantTake, { audience: 'all', participantId: teacher.id })
      expect(await isIn('all')).toBe(false)
      await act(log, mediator, grantGive, { audience: 'all', participantId: teacher.id })
      await act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })
      expect(await isIn('all')).toBe(true)
    }
  })
})

it('[ROO-216] whoever is found to be under age while nobody guards them goes out of the joint talk', async () => {
  await act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })
  await act(log, mediator, personCorrect, { participantId: first.id, name: 'Айгүл Серік', language: 'kk', minor: true })
  expect(await isIn('all')).toBe(false)
})

it('[ROO-104] [ROO-214] whoever only looks on is in a room for some only with the consent of each side that is heard there', async () => {
  const observer = await guest('observer')
  const [own, other] = [sideAudience(firstSide), sideAudience(secondSide)]
  const said = async (who: Person, audience: typeof own, agreed: boolean) => {
    await act(log, mediator, consentAsk, { audience, participantId: observer.id })
    await act(log, who, consentAnswer, { audience, participantId: observer.id, agreed })
  }
  expect(await open(1, first, observer)).toBe('rooms/no-consent')
  await said(first, own, true)
  expect(await open(1, first, observer)).toBe('done')
  expect(await invite(1, second)).toBe('rooms/no-consent')
  expect(await open(2, first, second)).toBe('done')
  expect(await invite(2, observer)).toBe('rooms/no-consent')
  await said(second, other, true)
  expect(await invite(2, observer)).toBe('done')
  await act(log, second, consentAnswer, { audience: other, participantId: observer.id, agreed: false })
  const left = async (nth: number) =>
    (await log.readWhole(caseId, roomAudience(room(nth)))).some(({ type, by }) => type === 'grant:ended' && by === 'system')
  await expect.poll(() => left(2)).toBe(true)
  expect(await left(1)).toBe(false)
})
