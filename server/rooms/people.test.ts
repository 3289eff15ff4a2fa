// People who change in a running case, through the real log on the embedded storage.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { actorOf } from '#server/cases/actor-of.ts'
import { viewFor } from '#server/log/case-state.ts'
import { act, idOf, newCommandId, openSession, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { caseClose, MAX_PEOPLE_PER_SIDE, mediationEnd } from '#shared/cases/case-protocol.ts'
import { caseFold, nameIn, peopleOf } from '#shared/cases/case-state.ts'
import { personAdd, personCorrect, personEnd, personEnter } from '#shared/cases/people-protocol.ts'
import { accessNote } from '#shared/identity/access-protocol.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { readersBy, readsAt, roomFold } from '#shared/rooms/room-state.ts'
import { endRemoved } from './end-removed.ts'

const world = supplyCase()
const { caseId, mediator } = world
const [first, second] = world.people
const [firstSide, secondSide] = world.sides
const lawyer = idOf<ParticipantId>('lawyer')
const facts = { sideId: firstSide, role: 'representative', name: 'Мария Жук', authority: 'сенімхат № 3', language: 'ru' } as const
const readers = readersBy(setClock())

let storage: ReturnType<typeof memoryStorage>
let log: ReturnType<typeof serverOver>
beforeEach(async () => {
  storage = memoryStorage()
  log = serverOver({ storage })
  await openSession(log, world)
})
afterEach(() => storage.close())

async function cases() {
  const folded = (await log.state(caseId)).audiences.get('case')
  if (!folded) throw new Error('no case')
  return sliceOf(folded, caseFold)
}

/** The audiences that this person reads now. */
async function roomsOf(id: ParticipantId): Promise<readonly Audience[]> {
  const state = await log.state(caseId)
  const now = setClock().now()
  return [...state.audiences].flatMap(([audience, folded]) => (readsAt(sliceOf(folded, roomFold), id, now) ? [audience] : [])).sort()
}

async function typesAfter(run: () => Promise<unknown>, audiences: readonly Audience[]): Promise<string[]> {
  const before = await Promise.all(audiences.map(async (audience) => (await log.readWhole(caseId, audience)).length))
  await run()
  const all = await Promise.all(audiences.map((audience) => log.readWhole(caseId, audience)))
  return all.flatMap((events, at) => events.slice(before[at]).map(({ audience, type }) => `${type} ${audience.split(':')[0]}`))
}

const inviteAnew = () =>
  log.step(caseId, accessNote, { participantId: first.id, change: { what: 'link-made', by: mediator.id } }, newCommandId())
const add = (more: object = {}, who = mediator) => act(log, who, personAdd, { participantId: lawyer, ...facts, ...more })
const refusal = (reason: string) => expect.objectContaining({ problem: expect.objectContaining({ reason }) })

describe('a person who is added to a running case', () => {
  it('[CAS-14] has the right to their own rooms, the mediator listens in theirs, and nobody else’s room hears of it', async () => {
    const rooms = ['case', 'all', sideAudience(firstSide), sideAudience(secondSide), directAudience(lawyer), selfAudience(lawyer)] as const
    expect(await typesAfter(() => add(), rooms)).toEqual([
      'person:added case',
      'grant:given case',
      'grant:given all',
      'grant:given side',
      'grant:given direct',
      'room:joined direct',
      'grant:given direct',
      'grant:given self',
    ])
    expect((await log.readWhole(caseId, sideAudience(secondSide))).some(({ body }) => body?.includes(lawyer))).toBe(false)
    expect(await roomsOf(lawyer)).toEqual([])
    expect(peopleOf(await cases(), firstSide).map(({ name }) => name)).toEqual(['Айгүл Серік', 'Мария Жук'])
  })

  it('[CAS-14] comes in by a code of their own and is admitted like everybody', async () => {
    await add()
    await log.step(caseId, personEnter, { participantId: lawyer }, newCommandId())
    expect(await roomsOf(lawyer)).toEqual(['case', directAudience(lawyer), selfAudience(lawyer)].sort())
    await expect(act(log, mediator, personAdmit, { participantId: lawyer, to: 'all' })).rejects.toEqual(refusal('rooms/not-confirmed'))
    const actor = actorOf(await log.state(caseId), caseId, lawyer)
    if (!actor) throw new Error('the case does not know its lawyer')
    expect(actor).toMatchObject({ role: 'representative', sideId: firstSide })
    await act(
      log,
      mediator,
      messagePost,
      { audience: directAudience(lawyer), id: newCommandId(), text: 'Кіріңіз' },
      await seen(directAudience(lawyer)),
    )
    expect(viewFor(await log.state(caseId), actor, readers, []).has(sideAudience(firstSide))).toBe(false)
  })

  it('[CAS-14] is added once, however often a device asks; another under their id is refused', async () => {
    await add()
    expect(await add()).toEqual([])
    await expect(add({ sideId: secondSide })).rejects.toMatchObject({ problem: { kind: 'conflict' } })
    await expect(add({ participantId: mediator.id })).rejects.toMatchObject({ problem: { kind: 'conflict' } })
    await expect(add({ participantId: idOf('x'), sideId: idOf('nowhere') })).rejects.toMatchObject({ problem: { field: 'sideId' } })
  })

  it('[CAS-14] only by the mediator, while a side has room, and until the case is closed', async () => {
    await expect(add({}, first)).rejects.toMatchObject({ problem: { kind: 'forbidden' } })
    for (let at = 1; at < MAX_PEOPLE_PER_SIDE; at++) await add({ participantId: asId(`p${at}`.padEnd(22, '_')) })
    await expect(add()).rejects.toEqual(refusal('cases/side-full'))
    await act(log, mediator, personEnd, { participantId: asId('p1'.padEnd(22, '_')) })
    await add()
    await act(log, mediator, mediationEnd, { ground: 'expired' })
    await expect(add({ participantId: idOf('late'), sideId: secondSide })).rejects.toEqual(refusal('cases/already-ended'))
    await expect(act(log, mediator, caseClose, {})).rejects.toEqual(refusal('cases/already-ended'))
  })
})

describe('a person who is corrected', () => {
  const right = { participantId: second.id, name: 'Павел Кимов', language: 'kk' } as const

  it('[CAS-10] has the right name for everybody at once; nothing changed is no event', async () => {
    expect(await typesAfter(() => act(log, mediator, personCorrect, right), ['case', 'all'])).toEqual(['person:corrected case'])
    expect(nameIn(await cases(), second.id)).toBe('Павел Кимов')
    expect(await act(log, mediator, personCorrect, right)).toEqual([])
  })

  it('[CAS-10] by the mediator alone; a mediator’s own facts are those of the profile', async () => {
    await expect(act(log, second, personCorrect, right)).rejects.toMatchObject({ problem: { kind: 'forbidden' } })
    for (const participantId of [mediator.id, idOf<ParticipantId>('stranger')]) {
      await expect(act(log, mediator, personCorrect, { ...right, participantId })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    }
    await expect(act(log, mediator, personCorrect, { ...right, name: '北京' })).rejects.toMatchObject({ problem: { field: 'name' } })
  })
})

describe('a person who is taken out', () => {
  it('[CAS-11] [ROO-4] is in no room, has no right to any that the mediator shares, and reads up to the event that says so', async () => {
    const all = await typesAfter(() => act(log, mediator, personEnd, { participantId: first.id }), ['case', 'all'])
    expect(all).toEqual(['person:ended case', 'room:left case', 'grant:ended case', 'room:left all', 'grant:ended all'])
    expect(await roomsOf(first.id)).toEqual([selfAudience(first.id)]) // their own notes, which nobody else can write in
    expect((await log.readAs(caseId, first.id, 'all', 0, 500)).at(-1)?.type).toBe('room:left')
    await expect(act(log, mediator, personEnd, { participantId: first.id })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    await expect(act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    })
  })

  it('[CAS-11] comes back when the mediator invites them anew, and has to be admitted again', async () => {
    await act(log, mediator, personEnd, { participantId: first.id })
    await inviteAnew()
    await log.step(caseId, personEnter, { participantId: first.id }, newCommandId())
    expect(await roomsOf(first.id)).toEqual(['case', directAudience(first.id), selfAudience(first.id)].sort())
    await act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })
    expect(await roomsOf(first.id)).toEqual(
      ['all', 'case', directAudience(first.id), selfAudience(first.id), sideAudience(firstSide)].sort(),
    )
  })

  it('[CAS-140] comes back by no link and no code from before, whenever they are used', async () => {
    await inviteAnew()
    await act(log, mediator, personEnd, { participantId: first.id })
    await expect(log.step(caseId, personEnter, { participantId: first.id }, newCommandId())).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    })
    expect((await cases()).facts?.people.find(({ id }) => id === first.id)?.endedAt).toBeDefined()
    await inviteAnew()
    await log.step(caseId, personEnter, { participantId: first.id }, newCommandId())
    await act(log, mediator, personEnd, { participantId: first.id })
    await expect(log.step(caseId, personEnter, { participantId: first.id }, newCommandId())).rejects.toBeDefined()
  })

  it('[CAS-140] a server that reads of it late ends what was there then, and nothing that was made since', async () => {
    const ended: ParticipantId[] = []
    const late = (seed: string) => {
      const subscribers = subscribed()
      const other = serverOver({ storage, seed, subscribers })
      const endParticipant = async (_case: unknown, person: ParticipantId) => void ended.push(person)
      subscribers.add(endRemoved({ log: other, endParticipant, onTrouble: (cause) => expect(cause).toBeUndefined() }))
      return other
    }
    const [sooner, later] = [late('sooner'), late('later')]
    await Promise.all([sooner.state(caseId), later.state(caseId)])
    await act(log, mediator, personEnd, { participantId: first.id })
    await sooner.refresh(caseId)
    expect(ended).toEqual([first.id])
    await inviteAnew()
    await later.refresh(caseId)
    await late('last').state(caseId)
    expect(ended).toEqual([first.id])
  })

  it('[CAS-11] by the mediator alone, and no mediator', async () => {
    await expect(act(log, second, personEnd, { participantId: first.id })).rejects.toMatchObject({ problem: { kind: 'forbidden' } })
    await expect(act(log, mediator, personEnd, { participantId: mediator.id })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
  })
})

async function seen(audience: Audience) {
  const folded = (await log.state(caseId)).audiences.get(audience)
  return { seen: { audience, epoch: folded?.epoch ?? 0, seq: folded?.seq ?? 0, hash: folded?.hash ?? '' } }
}
