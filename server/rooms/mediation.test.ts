// The decisions of cases, rooms, messages and caucuses, through the real log on the embedded storage.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseLog } from '#server/log/case-log.ts'
import { act, idOf, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, caseOpen, mediationEnd, mediationLeave, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personEnter } from '#shared/cases/people-protocol.ts'
import { callAnswer, caucusEnd, caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { caucusFold } from '#shared/caucus/caucus-state.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { personAdmit, roomJoined } from '#shared/rooms/room-protocol.ts'
import { membersOf, roomFold } from '#shared/rooms/room-state.ts'

const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
let storage: ReturnType<typeof memoryStorage>
let log: CaseLog
const world = supplyCase()
const { caseId, mediator, body } = world
const [first, second] = world.people
const [firstSide] = world.sides

beforeEach(() => {
  storage = memoryStorage()
  log = serverOver({ storage })
})
afterEach(() => storage.close())

async function room(audience: Audience) {
  const folded = (await log.state(caseId)).audiences.get(audience)
  if (!folded) throw new Error(`no audience ${audience}`)
  return { folded, members: membersOf(sliceOf(folded, roomFold)) }
}

async function post(actor: typeof first, audience: Audience, text: string) {
  const { folded } = await room(audience)
  const id = newCommandId()
  return act(
    log,
    actor,
    messagePost,
    { audience, id, text },
    { id, seen: { audience, epoch: folded.epoch, seq: folded.seq, hash: folded.hash } },
  )
}

const refusal = (reason: string) => expect.objectContaining({ problem: expect.objectContaining({ reason }) })

describe('a case', () => {
  it('[CAS-1] opens with the mediator in every room but the people’s own', async () => {
    await log.step(caseId, caseOpen, body, newCommandId())
    for (const audience of ['case', 'all', 'mediators', sideAudience(firstSide), directAudience(first.id)] as const) {
      expect((await room(audience)).members).toEqual([mediator.id])
    }
    // Whose notes they are has the right to them, and nobody is in there yet.
    expect((await room(selfAudience(first.id))).members).toEqual([])
    await expect(log.step(caseId, caseOpen, body, newCommandId())).rejects.toMatchObject({ problem: { kind: 'conflict' } })
  })

  it('[CAS-2] names the person without a side and the side without a person', async () => {
    const [person, ...others] = body.people
    if (!person) throw new Error('no person')
    const lost = { ...body, people: [...others, { ...person, sideId: idOf<SideId>('elsewhere') }] }
    await expect(log.step(caseId, caseOpen, lost, newCommandId())).rejects.toMatchObject({
      problem: { field: `people.${others.length}.sideId` },
    })
    const alone = { ...body, people: body.people.map((each) => ({ ...each, sideId: firstSide })) }
    await expect(log.step(caseId, caseOpen, alone, newCommandId())).rejects.toMatchObject({ problem: { field: 'sides.1' } })
  })

  it('[CAS-3] [CAS-4] holds a session only after the mediator has confirmed too, and counts a confirmation once', async () => {
    await log.step(caseId, caseOpen, body, newCommandId())
    await expect(act(log, mediator, sessionStart, {})).rejects.toEqual(refusal('cases/not-confirmed'))
    await act(log, mediator, agreementConfirm, confirmation)
    expect(await act(log, mediator, agreementConfirm, confirmation)).toEqual([])
    await act(log, mediator, sessionStart, {})
    await expect(act(log, mediator, sessionStart, {})).rejects.toEqual(refusal('cases/already-in-session'))
    await log.step(caseId, personEnter, { participantId: first.id }, newCommandId())
    await expect(act(log, first, sessionEnd, {})).rejects.toMatchObject({ problem: { kind: 'forbidden' } })
    await act(log, mediator, sessionEnd, {})
    await expect(act(log, mediator, sessionEnd, {})).rejects.toEqual(refusal('cases/not-in-session'))
  })

  it('[CAS-5] [CAS-6] ends when a side leaves, and after the end nothing can be said', async () => {
    await openSession(log, world)
    await act(log, first, mediationLeave, {})
    const state = sliceOf((await room('case')).folded, caseFold)
    expect(state.ended?.ground).toBe('refused')
    expect((await room('all')).members).not.toContain(first.id)
    expect((await room(sideAudience(firstSide))).members).toEqual([mediator.id])
    await expect(post(second, 'all', 'Жаль')).rejects.toEqual(refusal('messaging/closed'))
    await expect(act(log, mediator, mediationEnd, { ground: 'expired' })).rejects.toEqual(refusal('cases/already-ended'))
    await expect(act(log, second, mediationLeave, {})).rejects.toEqual(refusal('cases/already-ended'))
  })

  it('[CAS-6] is ended on a ground of the law by the mediator alone', async () => {
    await openSession(log, world)
    await expect(act(log, second, mediationEnd, { ground: 'expired' })).rejects.toMatchObject({ problem: { kind: 'forbidden' } })
    await act(log, mediator, mediationEnd, { ground: 'circumstances' })
    expect(sliceOf((await room('case')).folded, caseFold).phase).toBe('closed')
  })

  it('[CAS-262] whose refusal it was is said with that ground, and with no other', async () => {
    await openSession(log, world)
    const wrong = { problem: { kind: 'invalid', field: 'sideId' } }
    await expect(act(log, mediator, mediationEnd, { ground: 'refused' })).rejects.toMatchObject(wrong)
    await expect(act(log, mediator, mediationEnd, { ground: 'refused', sideId: idOf<SideId>('nobody') })).rejects.toMatchObject(wrong)
    await expect(act(log, mediator, mediationEnd, { ground: 'expired', sideId: firstSide })).rejects.toMatchObject(wrong)
    await act(log, mediator, mediationEnd, { ground: 'refused', sideId: firstSide })
    expect(sliceOf((await room('case')).folded, caseFold)).toMatchObject({
      phase: 'closed',
      ended: { ground: 'refused', sideId: firstSide },
    })
  })
})

describe('a room', () => {
  it('[ROO-1] opens the case and the mediator’s ear to whoever’s code was accepted, and no more, however often', async () => {
    await log.step(caseId, caseOpen, body, newCommandId())
    await log.step(caseId, personEnter, { participantId: first.id }, newCommandId())
    expect(await log.step(caseId, personEnter, { participantId: first.id }, newCommandId())).toEqual([])
    const mine = [...(await log.state(caseId)).audiences].filter(([, folded]) => membersOf(sliceOf(folded, roomFold)).includes(first.id))
    expect(mine.map(([audience]) => audience).sort()).toEqual(['case', directAudience(first.id), selfAudience(first.id)].sort())
    await expect(log.step(caseId, personEnter, { participantId: idOf<ParticipantId>('stranger') }, newCommandId())).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    })
  })

  it('[ROO-2] [ROO-3] lets people in one by one, for a reason that it names', async () => {
    await openSession(log, world, { admit: false })
    await expect(act(log, first, personAdmit, { participantId: first.id, to: 'all' })).rejects.toMatchObject({
      problem: { kind: 'forbidden' },
    })
    await act(log, mediator, personAdmit, { participantId: first.id, to: 'side' })
    expect((await room('all')).members).not.toContain(first.id)
    await act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })
    expect((await room('all')).members).toContain(first.id)
    await expect(act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })).rejects.toEqual(refusal('rooms/already-in'))
    await act(log, mediator, sessionEnd, {})
    await expect(act(log, mediator, personAdmit, { participantId: second.id, to: 'all' })).rejects.toEqual(refusal('rooms/no-session'))
  })

  it('[ROO-2] lets nobody in who has not come or not confirmed', async () => {
    await log.step(caseId, caseOpen, body, newCommandId())
    await act(log, mediator, agreementConfirm, confirmation)
    await act(log, mediator, sessionStart, {})
    await expect(act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })).rejects.toEqual(refusal('rooms/not-arrived'))
    await log.step(caseId, personEnter, { participantId: first.id }, newCommandId())
    await expect(act(log, mediator, personAdmit, { participantId: first.id, to: 'all' })).rejects.toEqual(refusal('rooms/not-confirmed'))
  })
})

describe('a message', () => {
  beforeEach(() => openSession(log, world))

  it('[MSG-1] is answered with the audience and place that it was given', async () => {
    const [place] = await post(first, 'all', 'Сәлеметсіз бе')
    const events = await log.readAs(caseId, second.id, 'all', (place?.seq ?? 0) - 1, 1)
    expect(events[0]).toMatchObject({ audience: 'all', by: first.id, type: 'message:posted' })
  })

  it('[MSG-3] is asked again when somebody has come in since, naming them', async () => {
    const id = newCommandId()
    const joins = (await log.readWhole(caseId, 'all')).filter(({ type }) => type === roomJoined.name)
    const before = { audience: 'all' as const, epoch: 1, seq: joins.at(-2)?.seq ?? 0, hash: '' } // when the last of them had not come in
    await expect(act(log, mediator, messagePost, { audience: 'all', id, text: 'Все?' }, { id, seen: before })).rejects.toMatchObject({
      problem: { reason: 'messaging/readers-changed', details: { names: ['Павел Ким'] } },
    })
    expect(await post(mediator, 'all', 'Теперь все')).toHaveLength(1)
  })

  it('[MSG-4] to an audience that one cannot see meets the same silence as one that never was', async () => {
    const other = sideAudience(firstSide)
    for (const audience of [other, sideAudience(idOf<SideId>('never')), directAudience(first.id), 'mediators'] as const) {
      const id = newCommandId()
      await expect(act(log, second, messagePost, { audience, id, text: 'Слышно?' }, { id })).rejects.toMatchObject({
        problem: { kind: 'not-found' },
      })
    }
  })

  it('[MSG-5] with characters that may not pass, of no length or too great a length is refused, its field named', async () => {
    for (const text of ['', '   ', '\u200b', 'сумма \u202e000 1', '\u2800', '\u{e0041}', 'ұ'.repeat(4_001)]) {
      await expect(post(first, 'all', text)).rejects.toMatchObject({ problem: { kind: 'invalid', field: 'text' } })
    }
    expect(await post(first, 'all', 'бірінші жол\nекінші жол — «₸»')).toHaveLength(1)
  })

  it('[MSG-5] carries operators and markup as the words they are', async () => {
    for (const text of ['{"$gt":""}', "'; DROP TABLE commits; --", '<img src=x onerror=alert(1)>', '__proto__']) {
      const [place] = await post(first, 'all', text)
      const [event] = await log.readAs(caseId, second.id, 'all', (place?.seq ?? 0) - 1, 1)
      expect(JSON.parse(event?.body ?? '{}').text).toBe(text)
    }
  })
})

describe('a caucus', () => {
  const side = sideAudience(firstSide)
  beforeEach(() => openSession(log, world))
  const stage = async () => sliceOf((await room(side)).folded, caucusFold)

  it('[CAU-1] is offered by the mediator and entered by the side itself, which says who sits with them', async () => {
    await expect(act(log, first, caucusEnter, { sideId: firstSide, company: 'alone' })).rejects.toEqual(refusal('caucus/not-invited'))
    await expect(act(log, first, caucusInvite, { sideId: firstSide })).rejects.toMatchObject({ problem: { kind: 'forbidden' } })
    await act(log, mediator, caucusInvite, { sideId: firstSide })
    expect((await stage()).caucus.stage).toBe('invited')
    await act(log, first, caucusEnter, { sideId: firstSide, company: 'accompanied', companions: 'Жұбайы' })
    expect(await stage()).toMatchObject({
      caucus: { stage: 'open', entered: { [first.id]: { company: 'accompanied', companions: 'Жұбайы' } } },
    })
  })

  it('[CAU-2] [CAU-5] is ended by either, every event of it in that side’s audience', async () => {
    for (const who of [mediator, first]) {
      await act(log, mediator, caucusInvite, { sideId: firstSide })
      await act(log, first, caucusEnter, { sideId: firstSide, company: 'alone' })
      const places = await act(log, who, caucusEnd, { sideId: firstSide })
      expect(places.map((place) => place.audience)).toEqual([side])
      expect((await stage()).caucus.stage).toBe('closed')
    }
  })

  it('[CAU-4] calls the mediator with a reason that only they and that side know', async () => {
    const places = await act(log, first, mediatorCall, { sideId: firstSide, reason: 'question' })
    expect(places.map((place) => place.audience)).toEqual([side])
    expect((await stage()).call).toMatchObject({ by: first.id, reason: 'question' })
    await act(log, mediator, callAnswer, { sideId: firstSide })
    expect((await stage()).call).toBeUndefined()
    await expect(act(log, second, mediatorCall, { sideId: firstSide, reason: 'talk' })).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    })
  })
})

describe('any number of sides', () => {
  it.each([2, 3, 5])('[CAU-3] [ROO-2] %i sides: each has its own caucus, and nobody of the others reads a word of it', async (count) => {
    const many = supplyCase(count, `sides-${count}`)
    await openSession(log, many)
    const hear = async (person: (typeof many.people)[number], audience: Audience) =>
      (await log.readAs(many.caseId, person.id, audience, 0, 500)).map((event) => event.body).join()
    for (const [index, sideId] of many.sides.entries()) {
      const own = many.people[index]
      if (!own) throw new Error('a side without people')
      const audience = sideAudience(sideId)
      await act(log, many.mediator, caucusInvite, { sideId })
      await act(log, own, caucusEnter, { sideId, company: 'alone' })
      const folded = (await log.state(many.caseId)).audiences.get(audience)
      const id = newCommandId()
      const seen = { audience, epoch: folded?.epoch ?? 0, seq: folded?.seq ?? 0, hash: folded?.hash ?? '' }
      await act(log, own, messagePost, { audience, id, text: `тек медиаторға: ${index}` }, { id, seen })
      expect(await hear(own, audience)).toContain(`тек медиаторға: ${index}`)
      for (const other of many.people.filter((person) => person !== own)) {
        for (const each of (await log.state(many.caseId)).audiences.keys())
          expect(await hear(other, each)).not.toContain(`медиаторға: ${index}`)
      }
      await act(log, many.mediator, caucusEnd, { sideId })
    }
  })
})
