// Rooms for some of the people, over the log and its storage.
import { beforeEach, describe, expect, it } from 'vitest'
import type { CaseLog } from '#server/log/case-log.ts'
import type { Storage } from '#server/storage/ports.ts'
import { act, idOf, newCommandId, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { type SetClock, setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { callSituation } from '#shared/calls/call-situation.ts'
import { canBeInCall } from '#shared/calls/calls-policy.ts'
import { mediationLeave, mediationResume, mediationSuspend, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { personAdd, personEnd, personEnter } from '#shared/cases/people-protocol.ts'
import { caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type ParticipantId, type RoomId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { grantGive } from '#shared/rooms/grant-protocol.ts'
import {
  type GroupEnd,
  groupClose,
  groupEnd,
  groupEnded,
  groupEnter,
  groupInvite,
  groupLeave,
  groupOpen,
  groupRelease,
  groupRename,
  MAX_GROUPS,
} from '#shared/rooms/group-protocol.ts'
import { roomLock, roomUnlock } from '#shared/rooms/lock-protocol.ts'

const roomId = asId<RoomId>('lawyers'.padEnd(22, '_'))
const room = roomAudience(roomId)

let storage: Storage
let clock: SetClock
let log: CaseLog
let world: SupplyCase
let mediator: Person
let aigul: Person
let pavel: Person
let maria: Person

beforeEach(async () => {
  storage = memoryStorage()
  clock = setClock()
  log = serverOver({ storage, clock })
  world = supplyCase(3)
  ;({ mediator } = world)
  const [first, second, third] = world.people
  if (!third) throw new Error('three sides')
  ;[aigul, pavel, maria] = [first, second, third]
  await openSession(log, world)
})

const open = (people: readonly Person[], end: GroupEnd = { way: 'open' }, id = roomId) =>
  act(log, mediator, groupOpen, { roomId: id, name: 'Юристы', purpose: 'Сроки', people: people.map((person) => person.id), end })

async function post(author: Person, audience: Audience, text = 'слова') {
  const head = (await log.state(world.caseId)).audiences.get(audience)
  const id = newCommandId()
  const seen = { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  return act(log, author, messagePost, { audience, id, text }, { id, seen })
}

const reasonOf = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? [error.problem.kind, error.problem.reason].filter(Boolean).join(' ') : String(error)),
  )
const canRead = async (person: Person, audience: Audience = room) =>
  (await log.readAs(world.caseId, person.id, audience, 0, 100)).map(({ type }) => type as string)

describe('a room for some', () => {
  it('[ROO-130] opens once, with the mediator in it, and gives back nothing to whoever is not', async () => {
    await open([aigul, pavel])
    expect(await open([aigul, pavel])).toEqual([])
    await post(mediator, room)
    await post(aigul, room)
    expect(await canRead(pavel)).toContain('message:posted')
    expect(await canRead(maria)).toEqual([])
    expect(await reasonOf(post(maria, room))).toBe('not-found')
    expect(await reasonOf(act(log, maria, groupEnter, { roomId }))).toBe('not-found')
    for (const command of [groupEnd, groupRelease, groupInvite, groupRename] as const) {
      const input = { roomId, participantId: maria.id, people: [maria.id], name: 'Мы' } as never
      expect(await reasonOf(act(log, maria, command, inputOf(command.name, input)))).toBe('not-found')
      expect(await reasonOf(act(log, aigul, command, inputOf(command.name, input)))).toBe('forbidden')
    }
    expect(await reasonOf(act(log, aigul, groupOpen, { roomId: other(1), name: 'Мы', people: [aigul.id], end: { way: 'open' } }))).toBe(
      'forbidden',
    )
  })

  it('[ROO-133] takes only people who were let in, and names what is wrong', async () => {
    const lawyer = idOf<ParticipantId>('lawyer')
    const [sideId] = world.sides
    await act(log, mediator, personAdd, { participantId: lawyer, sideId, role: 'representative', name: 'Жанна Мұрат', language: 'kk' })
    await log.step(world.caseId, personEnter, { participantId: lawyer }, newCommandId())
    const asked = (people: ParticipantId[]) => act(log, mediator, groupOpen, { roomId, name: 'А', people, end: { way: 'open' } })
    expect(await reasonOf(asked([lawyer]))).toBe('conflict rooms/not-inside')
    expect(await reasonOf(asked([idOf('nobody')]))).toBe('not-found')
    expect(await reasonOf(asked([mediator.id]))).toBe('invalid')
    await open([aigul])
    expect(await reasonOf(act(log, mediator, groupInvite, { roomId, people: [lawyer] }))).toBe('conflict rooms/not-inside')
    await act(log, mediator, groupInvite, { roomId, people: [pavel.id] })
    await act(log, mediator, groupRename, { roomId, name: 'Сроки поставки' })
    expect(await canRead(pavel)).toContain('room:renamed')
    await act(log, mediator, groupRelease, { roomId, participantId: pavel.id })
    await post(mediator, room)
    expect(await canRead(pavel)).not.toContain('message:posted')
    expect(await reasonOf(act(log, mediator, groupRelease, { roomId, participantId: mediator.id }))).toBe('not-found')
  })

  it('[ROO-132] [ROO-134] is stepped into and left by everybody’s own act, once', async () => {
    await open([aigul, pavel])
    await act(log, aigul, groupEnter, { roomId })
    expect(await act(log, aigul, groupEnter, { roomId })).toEqual([])
    expect((await canRead(mediator)).filter((type) => type === 'room:entered')).toHaveLength(1)
    await act(log, mediator, roomLock, { audience: room, what: 'messages' })
    await act(log, aigul, groupLeave, { roomId })
    await post(mediator, room)
    expect(await canRead(aigul)).not.toContain('message:posted')
    expect(await reasonOf(act(log, mediator, groupLeave, { roomId }))).toBe('forbidden')
  })

  it('[ROO-135] ends by the mediator’s hand: nobody writes there, whoever was in it reads on', async () => {
    await open([aigul])
    await post(aigul, room)
    await act(log, mediator, groupEnd, { roomId })
    expect(await act(log, mediator, groupEnd, { roomId })).toEqual([])
    for (const person of [aigul, mediator]) expect(await reasonOf(post(person, room))).toBe('conflict messaging/closed')
    expect(await reasonOf(act(log, mediator, groupInvite, { roomId, people: [pavel.id] }))).toBe('conflict rooms/group-over')
    expect(await canRead(aigul)).toEqual(expect.arrayContaining(['message:posted', groupEnded.name]))
  })

  it('[ROO-135] ends at its time by the clock, before any step has run, and for a server that is started later', async () => {
    const at = clock.now() + 60_000
    expect(await reasonOf(open([aigul], { way: 'at', at: clock.now() }))).toBe('invalid')
    await open([aigul], { way: 'at', at })
    await log.step(world.caseId, groupClose, { roomId }, newCommandId())
    await post(aigul, room)
    clock.pass(60_000)
    expect(await reasonOf(post(aigul, room))).toBe('conflict messaging/closed')
    const later = serverOver({ storage, clock, seed: 'later' })
    await later.step(world.caseId, groupClose, { roomId }, newCommandId())
    await later.step(world.caseId, groupClose, { roomId }, newCommandId())
    log = later
    expect((await canRead(aigul)).filter((type) => type === groupEnded.name)).toHaveLength(1)
  })

  it('[ROO-135] ends with its session, and does not come back with the next', async () => {
    await open([aigul], { way: 'session' })
    await post(aigul, room)
    await act(log, mediator, sessionEnd, {})
    expect(await reasonOf(post(aigul, room))).toBe('conflict messaging/closed')
    expect(await reasonOf(open([aigul], { way: 'session' }, other(2)))).toBe('conflict rooms/no-session')
    clock.pass(1_000)
    await act(log, mediator, sessionStart, {})
    expect(await reasonOf(post(aigul, room))).toBe('conflict messaging/closed')
  })

  it('[ROO-136] is closed to whoever is taken out of the case and to a side that leaves', async () => {
    await open([aigul, pavel, maria])
    await act(log, mediator, personEnd, { participantId: aigul.id })
    await act(log, pavel, mediationLeave, {})
    await act(log, mediator, groupEnd, { roomId })
    expect(await canRead(maria)).toContain(groupEnded.name)
    for (const gone of [aigul, pavel]) expect(await canRead(gone)).not.toContain(groupEnded.name)
  })

  it('[ROO-130] two that are opened at the same time do not mix, and there are fifty at most', async () => {
    await Promise.all([open([aigul], { way: 'open' }, other(1)), open([pavel], { way: 'open' }, other(2))])
    expect(await canRead(aigul, roomAudience(other(2)))).toEqual([])
    expect(await canRead(pavel, roomAudience(other(1)))).toEqual([])
    for (let nth = 3; nth <= MAX_GROUPS; nth++) await open([maria], { way: 'open' }, other(nth))
    expect(await reasonOf(open([maria], { way: 'open' }, other(MAX_GROUPS + 1)))).toBe('conflict rooms/too-many-groups')
  })
})

describe('locks', () => {
  it('[ROO-140] [ROO-142] of the joint room keep everybody but the mediator from it, and nobody from the mediator', async () => {
    const side = sideAudience(world.sides[0])
    expect(await reasonOf(act(log, aigul, roomLock, { audience: 'all', what: 'messages' }))).toBe('forbidden')
    expect(await reasonOf(act(log, mediator, roomLock, { audience: side, what: 'messages' }))).toBe('invalid')
    await act(log, mediator, roomLock, { audience: 'all', what: 'messages' })
    expect(await act(log, mediator, roomLock, { audience: 'all', what: 'messages' })).toEqual([])
    expect(await reasonOf(post(aigul, 'all'))).toBe('conflict messaging/locked')
    await post(mediator, 'all')
    await post(aigul, `direct:${aigul.id}`)
    expect(await canRead(aigul, 'all')).toContain('lock:set')
    await act(log, mediator, roomUnlock, { audience: 'all', what: 'messages' })
    await post(aigul, 'all')
  })

  it('[ROO-141] follow into rooms for some and go with the joint one; one set there stays', async () => {
    await open([aigul])
    await open([pavel], { way: 'open' }, other(1))
    await act(log, mediator, roomLock, { audience: roomAudience(other(1)), what: 'messages' })
    await act(log, mediator, roomLock, { audience: 'all', what: 'messages' })
    await open([maria], { way: 'open' }, other(2))
    for (const [person, id] of [
      [aigul, roomId],
      [pavel, other(1)],
      [maria, other(2)],
    ] as const)
      expect(await reasonOf(post(person, roomAudience(id)))).toBe('conflict messaging/locked')
    await act(log, mediator, roomUnlock, { audience: 'all', what: 'messages' })
    await post(aigul, room)
    await post(maria, roomAudience(other(2)))
    expect(await reasonOf(post(pavel, roomAudience(other(1))))).toBe('conflict messaging/locked')
  })
})

describe('a suspended mediation', () => {
  it('[CAS-260] [CAS-261] keeps what was said, pauses the talk and leaves the way to the mediator', async () => {
    await open([aigul])
    expect(await reasonOf(act(log, aigul, mediationSuspend, { reason: 'agreed' }))).toBe('forbidden')
    await act(log, mediator, mediationSuspend, { reason: 'papers', until: '2026-12-10' })
    expect(await reasonOf(act(log, mediator, mediationSuspend, { reason: 'papers' }))).toBe('conflict cases/suspended')
    expect((await canRead(aigul, 'case')).slice(-2)).toEqual(['session:ended', 'mediation:suspended'])
    for (const person of [aigul, mediator]) {
      expect(await reasonOf(post(person, 'all'))).toBe('conflict messaging/closed')
      expect(await reasonOf(post(person, room))).toBe('conflict messaging/closed')
    }
    expect(await reasonOf(act(log, mediator, sessionStart, {}))).toBe('conflict cases/suspended')
    expect(await reasonOf(act(log, mediator, caucusInvite, { sideId: world.sides[0] }))).toBe('conflict caucus/no-session')
    expect(await reasonOf(open([aigul], { way: 'open' }, other(1)))).toBe('conflict cases/suspended')
    await post(aigul, `direct:${aigul.id}`)
    await act(log, mediator, mediationResume, {})
    expect(await reasonOf(act(log, mediator, mediationResume, {}))).toBe('conflict cases/not-suspended')
    await post(aigul, room)
    await act(log, mediator, sessionStart, {})
    await post(aigul, 'all')
  })
})

describe('a call in a suspended mediation', () => {
  it('[CAL-211] is no way to go on talking: nobody is in one of a room for some, everybody may still call with the mediator', async () => {
    await open([aigul, pavel])
    const mayCall = async (audience: Audience) =>
      canBeInCall(aigul, audience, callSituation((await log.state(world.caseId)).audiences, audience, aigul.id, clock.now()))
    const own = sideAudience(world.sides[0])
    expect([await mayCall(room), await mayCall(own)]).toEqual([true, true])
    await act(log, mediator, mediationSuspend, { reason: 'agreed' })
    expect([await mayCall(room), await mayCall(own), await mayCall(`direct:${aigul.id}`)]).toEqual([false, true, true])
    await act(log, mediator, mediationResume, {})
    expect(await mayCall(room)).toBe(true)
  })

  it('[ROO-215] no room and no right ends at a time that no calendar has', async () => {
    const at = 9_000_000_000_000_000
    expect(await reasonOf(open([aigul], { way: 'at', at }))).toBe('invalid')
    for (const time of [{ from: at }, { until: at }])
      expect(await reasonOf(act(log, mediator, grantGive, { audience: 'all', participantId: aigul.id, ...time }))).toBe('invalid')
  })
})

function other(nth: number): RoomId {
  return asId<RoomId>(`room-${nth}`.padEnd(22, '_'))
}

/** As much of it as that command takes. */
function inputOf(name: string, { roomId: id, participantId, people, name: called }: Record<string, never>): never {
  const rest =
    name === 'room:end' ? {} : name === 'room:release' ? { participantId } : name === 'room:invite' ? { people } : { name: called }
  return { roomId: id, ...rest } as never
}
