// Who only looks on, and those who are asked first, through the real log on the embedded storage.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseLog } from '#server/log/case-log.ts'
import { act, idOf, newCommandId, openSession, type SupplyCase, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, mediationLeave } from '#shared/cases/case-protocol.ts'
import { personAdd, personEnter } from '#shared/cases/people-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { consentAnswer, consentAsk } from '#shared/rooms/consent-protocol.ts'
import { grantGive, grantTake } from '#shared/rooms/grant-protocol.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'
import { closeGrants } from './close-grants.ts'

const world = supplyCase(3)
const { caseId, mediator } = world
const [first, second] = world.people
const third = world.people[2] ?? second
const [firstSide] = world.sides
const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
const observer: Person = { kind: 'person', caseId, id: idOf<ParticipantId>('observer'), role: 'observer' }
const ownRoom = sideAudience(firstSide)

let storage: ReturnType<typeof memoryStorage>
let log: CaseLog

async function openedWith(seed: string, into: ReturnType<typeof memoryStorage>, of: SupplyCase = world): Promise<CaseLog> {
  const subscribers = subscribed()
  const server = serverOver({ storage: into, subscribers, seed })
  subscribers.add(closeGrants({ log: server, onTrouble: (cause) => expect(cause).toBeUndefined() }))
  await openSession(server, of)
  await act(server, mediator, personAdd, { participantId: observer.id, role: 'observer', name: 'Бақылаушы', language: 'ru' })
  await server.step(caseId, personEnter, { participantId: observer.id }, newCommandId())
  await act(server, observer, agreementConfirm, confirmation)
  return server
}

beforeEach(async () => {
  storage = memoryStorage()
  log = await openedWith('one', storage)
})
afterEach(() => storage.close())

async function reads(audience: Audience, { id }: Person = observer, on: CaseLog = log): Promise<boolean> {
  const folded = (await on.state(caseId)).audiences.get(audience)
  return folded !== undefined && readsAt(sliceOf(folded, roomFold), id, setClock().now())
}

/** What somebody was sent of an audience, without what is drawn anew each time. */
async function shown(audience: Audience, to: Person, on: CaseLog = log) {
  return (await on.readAs(caseId, to.id, audience, 0, 1_000)).map(({ type, by, body }) => ({ type, by, body }))
}

const ask = (audience: Audience, on = log) => act(on, mediator, consentAsk, { audience, participantId: observer.id })
const answer = (who: Person, audience: Audience, agreed: boolean, on = log) =>
  act(on, who, consentAnswer, { audience, participantId: observer.id, agreed })
const give = (audience: Audience, on = log) => act(on, mediator, grantGive, { audience, participantId: observer.id })
const refusal = (reason: string) => expect.objectContaining({ problem: expect.objectContaining({ reason }) })
const kind = (name: string) => expect.objectContaining({ problem: expect.objectContaining({ kind: name }) })

/** Somebody more on the first side, who is in its room. */
async function partner(name = 'partner'): Promise<Person> {
  const id = idOf<ParticipantId>(name)
  await act(log, mediator, personAdd, { participantId: id, role: 'representative', sideId: firstSide, name: 'Өкіл', language: 'kk' })
  await log.step(caseId, personEnter, { participantId: id }, newCommandId())
  const person: Person = { kind: 'person', caseId, id, role: 'representative', sideId: firstSide }
  await act(log, person, agreementConfirm, confirmation)
  return person
}

describe('a side’s own room', () => {
  it('[ROO-104] is opened to an observer when the side has said yes in it, and not before', async () => {
    await expect(give(ownRoom)).rejects.toEqual(refusal('rooms/no-consent'))
    await expect(answer(first, ownRoom, true)).rejects.toEqual(kind('not-found'))
    await ask(ownRoom)
    await expect(give(ownRoom)).rejects.toEqual(refusal('rooms/no-consent'))
    await expect(answer(second, ownRoom, true)).rejects.toEqual(kind('not-found'))
    await expect(answer(mediator, ownRoom, true)).rejects.toEqual(kind('forbidden'))
    await answer(first, ownRoom, true)
    await give(ownRoom)
    expect(await reads(ownRoom)).toBe(true)
    expect(await reads('all')).toBe(false)
  })

  it('[ROO-104] everybody of the side who is in it has to agree, and one no is the side’s', async () => {
    await ask(ownRoom)
    await answer(first, ownRoom, true)
    const other = await partner()
    await act(log, mediator, personAdmit, { participantId: other.id, to: 'side' })
    await expect(give(ownRoom)).rejects.toEqual(refusal('rooms/no-consent'))
    await answer(other, ownRoom, false)
    await expect(give(ownRoom)).rejects.toEqual(refusal('rooms/no-consent'))
    await answer(other, ownRoom, true)
    await give(ownRoom)
    expect(await reads(ownRoom)).toBe(true)
  })

  it('[ROO-106] a yes that is taken back ends it at once, whoever of the side takes it back, and none comes in without being asked anew', async () => {
    const other = await partner()
    await act(log, mediator, personAdmit, { participantId: other.id, to: 'side' })
    await ask(ownRoom)
    await answer(first, ownRoom, true)
    await answer(other, ownRoom, true)
    await give(ownRoom)
    const places = await answer(other, ownRoom, false)
    expect(places.map(({ audience }) => audience)).toEqual([ownRoom, ownRoom, ownRoom])
    expect(await reads(ownRoom)).toBe(false)
    await expect(give(ownRoom)).rejects.toEqual(refusal('rooms/no-consent'))
  })

  it('[ROO-104] nobody is asked about whoever needs no consent, nor by anybody but the mediator', async () => {
    await act(log, mediator, personAdd, { participantId: idOf<ParticipantId>('i'), role: 'interpreter', name: 'Мария Жук', language: 'ru' })
    await expect(act(log, mediator, consentAsk, { audience: ownRoom, participantId: idOf<ParticipantId>('i') })).rejects.toEqual(
      kind('not-found'),
    )
    await expect(act(log, first, consentAsk, { audience: ownRoom, participantId: observer.id })).rejects.toEqual(kind('forbidden'))
    await ask(ownRoom)
    expect(await ask(ownRoom)).toEqual([])
  })
})

describe('the joint room', () => {
  it('[ROO-105] is opened to an observer when all sides have said yes, each in their own line', async () => {
    const places = await ask('all')
    expect(places.map(({ audience }) => audience)).toEqual([first, second, third].map(({ id }) => directAudience(id)))
    await answer(first, 'all', true)
    await answer(second, 'all', true)
    await expect(give('all')).rejects.toEqual(refusal('rooms/no-consent'))
    await answer(third, 'all', true)
    await give('all')
    expect(await reads('all')).toBe(true)
    expect(await reads(ownRoom)).toBe(false)
  })

  it('[ROO-105] whoever of the others refuses, a side is shown and answered the same', async () => {
    const records = []
    for (const refusing of [second, third, undefined]) {
      const other = memoryStorage()
      const server = await openedWith('same', other)
      await ask('all', server)
      await answer(first, 'all', true, server)
      for (const who of [second, third]) await answer(who, 'all', who !== refusing, server)
      const isGiven = await give('all', server).then(
        () => true,
        () => false,
      )
      expect(isGiven).toBe(refusing === undefined)
      // Where all have agreed the observer comes in, and that is all that shows; then each of the others may take it back, or the mediator.
      if (refusing === undefined) await act(server, mediator, grantTake, { audience: 'all', participantId: observer.id })
      const audiences = ['case', directAudience(first.id), ownRoom] as const
      records.push(await Promise.all(audiences.map((audience) => shown(audience, first, server))))
      await other.close()
    }
    expect(records[1]).toEqual(records[0])
    expect(records[2]).toEqual(records[0])
  })

  it('[ROO-106] a yes that is taken back ends it by an event that bears nobody’s name', async () => {
    const told = []
    for (const withdrawing of [second, third]) {
      const other = memoryStorage()
      const server = await openedWith('same', other)
      await ask('all', server)
      for (const who of [first, second, third]) await answer(who, 'all', true, server)
      await give('all', server)
      expect(await reads('all', observer, server)).toBe(true)
      await answer(withdrawing, 'all', false, server)
      await expect.poll(() => reads('all', observer, server)).toBe(false)
      const record = await shown('all', first, server)
      expect(record.at(-1)).toMatchObject({ type: 'grant:ended', by: 'system' })
      told.push(record.map(({ type, by }) => ({ type, by })))
      await other.close()
    }
    expect(told[1]).toEqual(told[0])
  })

  it('[ROO-105] a side that has left is not waited for', async () => {
    await ask('all')
    await answer(first, 'all', true)
    await answer(second, 'all', true)
    await act(log, third, mediationLeave, {})
    // That ends the mediation as well: nobody is let in any more, whatever was agreed.
    await expect(give('all')).rejects.toEqual(refusal('cases/already-ended'))
  })
})

describe('the other sides', () => {
  it('[ROO-109] are shown the same whether or not somebody is asked about, let into and taken out of a room that is not theirs', async () => {
    const seen = []
    for (const busy of [true, false]) {
      const other = memoryStorage()
      const server = await openedWith('same', other)
      if (busy) {
        await ask(ownRoom, server)
        await answer(first, ownRoom, true, server)
        await give(ownRoom, server)
        await answer(first, ownRoom, false, server)
      }
      const audiences = [...(await server.state(caseId)).audiences.keys()]
      const record = []
      for (const audience of audiences) record.push(...(await server.readAs(caseId, second.id, audience, 0, 1_000)))
      seen.push(record)
      await other.close()
    }
    expect(seen[0]).toEqual(seen[1])
  })
})
