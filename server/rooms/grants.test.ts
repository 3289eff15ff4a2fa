// People who read by grants alone, through the real log on the embedded storage.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseLog } from '#server/log/case-log.ts'
import { act, idOf, newCommandId, openSession, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, mediationEnd, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import type { AddedRole } from '#shared/cases/people-fields.ts'
import { personAdd, personEnd, personEnter } from '#shared/cases/people-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { hasSide } from '#shared/kernel/roles.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { grantGive, grantTake } from '#shared/rooms/grant-protocol.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'
import { closeGrants } from './close-grants.ts'

const world = supplyCase()
const { caseId, mediator } = world
const [first] = world.people
const [firstSide, secondSide] = world.sides
const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
const MINUTE = 60_000

let storage: ReturnType<typeof memoryStorage>
let clock: ReturnType<typeof setClock>
let log: CaseLog

/** A server on this storage, with what closes grants running on it. */
function started(seed: string): CaseLog {
  const subscribers = subscribed()
  const server = serverOver({ storage, clock, subscribers, seed })
  subscribers.add(closeGrants({ log: server, onTrouble: (cause) => expect(cause).toBeUndefined() }))
  return server
}

beforeEach(async () => {
  storage = memoryStorage()
  clock = setClock()
  log = started('one')
  await openSession(log, world)
})
afterEach(() => storage.close())

/** Added, come in and confirmed. */
async function guest(role: AddedRole, sideId: SideId = firstSide): Promise<Person> {
  const id = idOf<ParticipantId>(role)
  const side = hasSide({ role }) ? { sideId } : {}
  await act(log, mediator, personAdd, { participantId: id, role, name: 'Мария Жук', language: 'ru', ...side })
  await log.step(caseId, personEnter, { participantId: id }, newCommandId())
  const person: Person = { kind: 'person', caseId, id, role, ...side }
  await act(log, person, agreementConfirm, confirmation)
  return person
}

async function reads(audience: Audience, { id }: Person): Promise<boolean> {
  const folded = (await log.state(caseId)).audiences.get(audience)
  return folded !== undefined && readsAt(sliceOf(folded, roomFold), id, clock.now())
}

async function post(who: Person, audience: Audience, text = 'Сөз') {
  const folded = (await log.state(caseId)).audiences.get(audience)
  const id = newCommandId()
  const seen = { audience, epoch: folded?.epoch ?? 0, seq: folded?.seq ?? 0, hash: folded?.hash ?? '' }
  return act(log, who, messagePost, { audience, id, text }, { id, seen })
}

const typesIn = async (audience: Audience) => (await log.readWhole(caseId, audience)).map(({ type }) => type)
const refusal = (reason: string) => expect.objectContaining({ problem: expect.objectContaining({ reason }) })
const kind = (name: string) => expect.objectContaining({ problem: expect.objectContaining({ kind: name }) })
const give = (who: Person, audience: Audience, more: object = {}) =>
  act(log, mediator, grantGive, { audience, participantId: who.id, ...more })

describe('a room that somebody is let into', () => {
  it('[ROO-100] is told of it, and no other is; before that and elsewhere they read nothing', async () => {
    const interpreter = await guest('interpreter')
    const ownRoom = sideAudience(firstSide)
    expect(await Promise.all((['all', ownRoom, sideAudience(secondSide)] as const).map((each) => reads(each, interpreter)))).toEqual([
      false,
      false,
      false,
    ])
    const before = await Promise.all(['case', 'all', sideAudience(secondSide)].map((each) => typesIn(each as Audience)))
    const length = (await typesIn(ownRoom)).length
    await give(interpreter, ownRoom)
    expect((await typesIn(ownRoom)).slice(length)).toEqual(['grant:given', 'room:joined'])
    expect(await Promise.all(['case', 'all', sideAudience(secondSide)].map((each) => typesIn(each as Audience)))).toEqual(before)
    expect(await reads(ownRoom, interpreter)).toBe(true)
    expect(await reads('all', interpreter)).toBe(false)
    await post(interpreter, ownRoom)
    await expect(post(interpreter, 'all')).rejects.toEqual(refusal('rooms/grant-ended'))
    await expect(post(first, ownRoom)).resolves.toHaveLength(1)
  })

  it('[ROO-100] for its time alone: not before it begins, not after it ends, and words of others meanwhile name who reads', async () => {
    const interpreter = await guest('interpreter')
    await give(interpreter, 'all', { from: clock.now() + MINUTE, until: clock.now() + 2 * MINUTE })
    expect(await reads('all', interpreter)).toBe(false)
    await expect(post(interpreter, 'all')).rejects.toEqual(refusal('rooms/grant-ended'))
    clock.pass(MINUTE)
    expect(await reads('all', interpreter)).toBe(true)
    await post(interpreter, 'all')
    clock.pass(MINUTE)
    expect(await reads('all', interpreter)).toBe(false)
  })

  it('[ROO-100] after they have come and confirmed, once, and not into the past', async () => {
    const id = idOf<ParticipantId>('late')
    const late: Person = { kind: 'person', caseId, id, role: 'interpreter' }
    await expect(give(late, 'all')).rejects.toEqual(kind('not-found'))
    await act(log, mediator, personAdd, { participantId: id, role: 'interpreter', name: 'Мария Жук', language: 'ru' })
    await expect(give(late, 'all')).rejects.toEqual(refusal('rooms/not-arrived'))
    await log.step(caseId, personEnter, { participantId: id }, newCommandId())
    await expect(give(late, 'all')).rejects.toEqual(refusal('rooms/not-confirmed'))
    await act(log, late, agreementConfirm, confirmation)
    await expect(give(late, 'all', { until: clock.now() })).rejects.toMatchObject({ problem: { field: 'until' } })
    await expect(give(late, 'all', { from: clock.now() - 1 })).rejects.toMatchObject({ problem: { field: 'from' } })
    await give(late, 'all')
    await expect(give(late, 'all')).rejects.toEqual(refusal('rooms/already-in'))
  })

  const everyRole: readonly AddedRole[] = [
    'party',
    'representative',
    'lawyer',
    'teacher',
    'psychologist',
    'companion',
    'interpreter',
    'expert',
    'trainee',
    'observer',
  ]
  const rooms = { all: 'all', own: sideAudience(firstSide), other: sideAudience(secondSide), direct: directAudience(first.id) } as const
  const may: Readonly<Record<AddedRole, readonly (keyof typeof rooms)[]>> = {
    party: [],
    representative: [],
    lawyer: [],
    teacher: ['all', 'own'],
    psychologist: ['all', 'own'],
    companion: ['all', 'own'],
    interpreter: ['all', 'own', 'other'],
    expert: ['all'],
    trainee: ['all', 'own', 'other'],
    observer: ['all', 'own', 'other'],
  }
  for (const role of everyRole) {
    it(`[ROO-101] ${role}: ${may[role].join(', ') || 'none'}`, async () => {
      const person = await guest(role)
      for (const [name, audience] of Object.entries(rooms)) {
        const answer = await give(person, audience).then(
          () => 'given',
          (error) => error.problem.reason ?? error.problem.kind,
        )
        const isAllowed = may[role].some((each) => each === name)
        expect([name, isAllowed ? ['given', 'rooms/no-consent'].includes(answer) : ['not-found', 'forbidden'].includes(answer)]).toEqual([
          name,
          true,
        ])
      }
    })
  }

  it('[ROO-101] by nobody but the mediator', async () => {
    const interpreter = await guest('interpreter')
    for (const who of [first, interpreter]) {
      await expect(act(log, who, grantGive, { audience: sideAudience(firstSide), participantId: interpreter.id })).rejects.toEqual(
        kind(who === first ? 'forbidden' : 'not-found'),
      )
    }
    await give(interpreter, 'all')
    await expect(act(log, first, grantTake, { audience: 'all', participantId: interpreter.id })).rejects.toEqual(kind('forbidden'))
  })
})

describe('a right that ends', () => {
  it('[ROO-102] with the session that it was given for, and is not given where none runs', async () => {
    const interpreter = await guest('interpreter')
    await give(interpreter, 'all', { withSession: true })
    expect(await reads('all', interpreter)).toBe(true)
    await act(log, mediator, sessionEnd, {})
    await expect.poll(() => reads('all', interpreter)).toBe(false)
    expect((await typesIn('all')).at(-1)).toBe('grant:ended')
    await expect(give(interpreter, 'all', { withSession: true })).rejects.toEqual(refusal('rooms/no-session'))
    await act(log, mediator, sessionStart, {})
    expect(await reads('all', interpreter)).toBe(false)
  })

  it('[ROO-102] with the mediation, too, and after twelve hours whatever happens', async () => {
    const interpreter = await guest('interpreter')
    await give(interpreter, 'all', { withSession: true })
    clock.pass(12 * 60 * MINUTE)
    expect(await reads('all', interpreter)).toBe(false)
    await give(interpreter, 'all', { withSession: true })
    await act(log, mediator, mediationEnd, { ground: 'expired' })
    await expect.poll(() => reads('all', interpreter)).toBe(false)
  })

  it('[ROO-102] is ended by the server that reads the case next, where the one before died over it', async () => {
    const mute = serverOver({ storage, clock, seed: 'mute' })
    const interpreter = await guest('interpreter')
    await give(interpreter, 'all', { withSession: true })
    await mute.refresh(caseId)
    await act(mute, mediator, sessionEnd, {})
    log = started('two')
    await log.state(caseId)
    await expect.poll(() => reads('all', interpreter)).toBe(false)
  })

  it('[ROO-103] is taken back by the mediator: told in the room, and nothing of it is read afterwards', async () => {
    const interpreter = await guest('interpreter')
    await give(interpreter, 'all')
    await act(log, mediator, grantTake, { audience: 'all', participantId: interpreter.id })
    expect((await typesIn('all')).slice(-2)).toEqual(['room:left', 'grant:ended'])
    await post(first, 'all', 'енді оқылмайды')
    const read = await log.readAs(caseId, interpreter.id, 'all', 0, 1_000)
    expect(read.filter(({ type }) => type === messagePosted.name)).toEqual([])
    expect(await act(log, mediator, grantTake, { audience: 'all', participantId: interpreter.id })).toEqual([])
    await give(interpreter, 'all')
    expect(await reads('all', interpreter)).toBe(true)
  })

  it('[ROO-107] in the middle of a sentence: the words are refused with the reason, as for a room that there is not, and nothing is stored', async () => {
    const interpreter = await guest('interpreter')
    await give(interpreter, 'all', { until: clock.now() + MINUTE })
    await post(interpreter, 'all')
    const before = (await typesIn('all')).length
    clock.pass(MINUTE)
    const [ended, never] = await Promise.all(
      (['all', sideAudience(idOf<SideId>('nowhere'))] as const).map((audience) =>
        post(interpreter, audience).catch(({ problem }) => ({ ...problem, id: undefined })),
      ),
    )
    expect(ended).toMatchObject({ kind: 'not-found', reason: 'rooms/grant-ended' })
    expect(never).toEqual(ended)
    expect((await typesIn('all')).length).toBe(before)
  })

  it('[CAS-11] with its holder: whoever is taken out of the case keeps no grant, one that has not begun among them', async () => {
    const interpreter = await guest('interpreter')
    await give(interpreter, sideAudience(firstSide))
    await give(interpreter, 'all', { from: clock.now() + MINUTE })
    await act(log, mediator, personEnd, { participantId: interpreter.id })
    clock.pass(2 * MINUTE)
    for (const audience of ['case', 'all', sideAudience(firstSide), directAudience(interpreter.id)] as const) {
      expect([audience, await reads(audience, interpreter)]).toEqual([audience, false])
    }
  })
})

describe('a party under age', () => {
  const minor = { participantId: first.id, name: 'Айгүл Серік', language: 'kk', minor: true } as const

  for (const role of everyGuard()) {
    it(`[ROO-108] ${role.name}: ${role.guards ? 'with them in the joint talk' : 'not with them'}`, async () => {
      await act(log, mediator, personEnd, { participantId: first.id })
      const party = idOf<ParticipantId>('minor')
      await act(log, mediator, personAdd, { ...minor, participantId: party, role: 'party', sideId: firstSide })
      await log.step(caseId, personEnter, { participantId: party }, newCommandId())
      await act(log, { ...first, id: party }, agreementConfirm, confirmation)
      const letIn = () => act(log, mediator, personAdmit, { participantId: party, to: 'all' })
      await expect(letIn()).rejects.toMatchObject({ problem: { reason: 'rooms/minor-alone', details: { names: ['Айгүл Серік'] } } })
      const other = await guest(role.name)
      await expect(letIn()).rejects.toEqual(refusal('rooms/minor-alone'))
      if (hasSide(other) && ['party', 'representative', 'lawyer'].includes(role.name))
        await act(log, mediator, personAdmit, { participantId: other.id, to: 'all' })
      else await give(other, 'all')
      if (role.guards) await expect(letIn()).resolves.not.toEqual([])
      else await expect(letIn()).rejects.toEqual(refusal('rooms/minor-alone'))
    })
  }

  function everyGuard(): readonly { name: AddedRole; guards: boolean }[] {
    return [
      { name: 'party', guards: false },
      { name: 'representative', guards: true },
      { name: 'lawyer', guards: false },
      { name: 'teacher', guards: true },
      { name: 'psychologist', guards: true },
      { name: 'companion', guards: false },
      { name: 'interpreter', guards: false },
      { name: 'expert', guards: false },
    ]
  }
})
