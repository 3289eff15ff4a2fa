// Whoever comes late to a room, over real sockets: nothing of what was said before reaches them, in whatever way they ask, until those whose
// words these are open it; then it does, from the message on that was chosen, and what they hold is one whole chain.
import { afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import { QUOTA, scaledQuota } from '#server/log/quota.ts'
import { act, idOf, newCommandId, openSession, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, type SocketWorld, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { personAdd, personEnter } from '#shared/cases/people-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { type Ack, type OlderAnswer, type ResumeAnswer, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import { earlierOpen, personAdmit } from '#shared/rooms/room-protocol.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const scene = supplyCase()
const { caseId, mediator } = scene
const [first, second] = scene.people
const [side] = scene.sides
const own = sideAudience(side)
const lawyer: Person = { kind: 'person', caseId, id: idOf<ParticipantId>('lawyer'), role: 'representative', sideId: side }

async function scenery(saidBefore: number): Promise<SocketWorld> {
  const storage = memoryStorage()
  const world = await socketWorld({ storage, clock: setClock(), quota: scaledQuota(QUOTA, 1_000) })
  stops.push(async () => {
    await world.close()
    await storage.close()
  })
  await openSession(world.log, scene)
  for (const audience of ['all', own] as const) await say(world, first, audience, saidBefore, 'бұрын айтылған')
  await act(world.log, mediator, personAdd, {
    participantId: lawyer.id,
    sideId: side,
    role: 'representative',
    name: 'Мария Жук',
    language: 'ru',
  })
  await say(world, first, own, 1, 'бұрын айтылған: келгенше')
  await world.log.step(caseId, personEnter, { participantId: lawyer.id }, newCommandId())
  await act(world.log, lawyer, agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
  await act(world.log, mediator, personAdmit, { participantId: lawyer.id, to: 'all' })
  return world
}

async function say({ log }: SocketWorld, person: Person, audience: Audience, count: number, text: string): Promise<void> {
  for (let i = 0; i < count; i++) {
    const { epoch = 0, seq = 0, hash = '' } = (await log.state(caseId)).audiences.get(audience) ?? {}
    const id = newCommandId()
    await act(log, person, messagePost, { audience, id, text: `${text} ${i}` }, { id, seen: { audience, epoch, seq, hash } })
  }
}

async function asking(world: SocketWorld, person: Person) {
  const socket = world.connect(caseId, person.id)
  await connected(socket)
  const ask = async <Answer>(name: string, input: unknown): Promise<Answer> => {
    const ack = (await socket.timeout(10_000).emitWithAck(name, input)) as Ack<Answer> // our server's answer
    if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
    return ack.value
  }
  return {
    older: async (audience: Audience, before: number) => (await ask<OlderAnswer>(WIRE.older, { audience, before })).events,
    /** Page by page until nothing is missing, or nothing more comes. */
    async everything(paged = true): Promise<Resumed> {
      const events: WireEvent[] = []
      const from = new Map<Audience, number>()
      for (let before = -1; before < events.length; ) {
        before = events.length
        const heads = [...new Map(events.map(({ audience, epoch, seq }) => [audience, { audience, epoch, seq }])).values()]
        const answer = await ask<ResumeAnswer>(WIRE.resume, { heads, paged })
        events.push(...answer.events)
        for (const each of answer.audiences) if (each.from !== undefined) from.set(each.audience, each.from)
      }
      return { events, from }
    },
  }
}

interface Resumed {
  readonly events: readonly WireEvent[]
  readonly from: ReadonlyMap<Audience, number>
}

const isSaid = ({ type }: WireEvent) => type === 'message:posted'
const of = (audience: Audience, { events }: Resumed) => events.filter((event) => event.audience === audience)

describe.each([3, 150, 420])('[ROO-80] behind %i earlier messages', (saidBefore) => {
  it.each([true, false])('[ROO-80] whoever comes late gets the room, and no word of before (paged: %s)', async (paged) => {
    const world = await scenery(saidBefore)
    await say(world, first, own, 2, 'кейін айтылған')
    const device = await asking(world, lawyer)
    const got = await device.everything(paged)
    expect(JSON.stringify(got.events)).not.toContain('бұрын')
    for (const audience of ['all', own] as const) {
      const whole = await world.log.readWhole(caseId, audience)
      const joined = whole.findLastIndex(({ type }) => type === 'room:joined')
      const mine = of(audience, got)
      // Not that it was said, nor by whom, nor how much of it.
      expect(mine.filter(isSaid)).toEqual(whole.slice(joined).filter(isSaid))
      expect(mine.filter((event) => !isSaid(event))).toEqual(whole.filter((event) => !isSaid(event)))
      // Whatever asks the log in their name gets no more than their device does.
      const read = await world.log.readAs(caseId, lawyer.id, audience, 0, 100)
      expect(read.length).toBeGreaterThan(0)
      expect(read.filter((event) => isSaid(event) && event.seq <= joined)).toEqual([])
      for (const before of [joined + 1, joined, 2]) expect(await device.older(audience, before)).toEqual([])
    }
    expect(of(own, got).filter(isSaid)).toHaveLength(2)
  })

  it('[ROO-81] the side opens its own words from one on: they come in pages, end there, and are one chain with the rest', async () => {
    const world = await scenery(saidBefore)
    const device = await asking(world, lawyer)
    const before = await device.everything()
    const whole = await world.log.readWhole(caseId, own)
    const start = whole.find((event) => isSaid(event) && event.body?.includes('айтылған 1'))?.seq ?? 0
    await act(world.log, first, earlierOpen, { audience: own, participantId: lawyer.id, from: start })
    let record = of(own, before).filter(({ seq }) => seq >= (before.from.get(own) ?? 1))
    for (;;) {
      const page = await device.older(own, record[0]?.seq ?? 1)
      if (page.length === 0) break
      expect(page.at(-1)?.hash).toBe(record[0]?.previous)
      record = [...page, ...record]
    }
    expect(record[0]?.seq).toBe(start)
    expect(record).toEqual(whole.slice(start - 1))
    const everything = await world.log.readWhole(caseId, own)
    expect(await verifyChain(everything, sha256)).toBeUndefined()
  })
})

describe('[ROO-82] who opens what', () => {
  const opening = async (world: SocketWorld, who: Person, audience: Audience, from = 1, participantId = lawyer.id) =>
    act(world.log, who, earlierOpen, { audience, participantId, from }).then(
      (places) => (places.length > 0 ? 'opened' : 'nothing to open'),
      (cause) => cause.problem?.kind as string,
    )

  it('[ROO-82] a side its own room, the mediator the joint session, nobody what they do not read themselves', async () => {
    const world = await scenery(3)
    expect(await opening(world, mediator, own)).toBe('forbidden')
    expect(await opening(world, lawyer, own)).toBe('forbidden')
    expect(await opening(world, second, own)).toBe('not-found')
    expect(await opening(world, first, 'all')).toBe('forbidden')
    expect(await opening(world, second, 'all')).toBe('forbidden')
    expect(await opening(world, mediator, directAudience(first.id))).toBe('forbidden')
    expect(await opening(world, first, own, 1, second.id)).toBe('not-found')
    expect(await opening(world, first, own, 10_000)).toBe('nothing to open')
    expect(await opening(world, mediator, 'all')).toBe('opened')
    expect(await opening(world, mediator, 'all')).toBe('nothing to open')
    expect(await opening(world, first, own)).toBe('opened')
    // What was opened to them they may open no further than they read it.
    expect(await opening(world, lawyer, own)).toBe('nothing to open')
  })
})
