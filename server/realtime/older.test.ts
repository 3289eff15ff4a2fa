// A long case in pages, over real sockets: the outline and the last page first, what came before when it is asked for, and never a word more
// than its reader may read.
import { afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { QUOTA, scaledQuota } from '#server/log/quota.ts'
import type { Storage } from '#server/storage/ports.ts'
import { act, idOf, newCommandId, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, type SocketWorld, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { type Ack, type OlderAnswer, type ResumeAnswer, type ResumeRequest, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import { readersBy } from '#shared/rooms/room-state.ts'
import { resume } from './resume.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

interface Scene {
  readonly world: SocketWorld
  readonly storage: Storage
  readonly scene: SupplyCase
  readonly first: Person
  readonly second: Person
  say(person: Person, audience: Audience, count: number, text?: string): Promise<void>
}

async function longCase(): Promise<Scene> {
  const storage = memoryStorage()
  const world = await socketWorld({ storage, clock: setClock(), quota: scaledQuota(QUOTA, 1_000) })
  stops.push(async () => {
    await world.close()
    await storage.close()
  })
  const scene = supplyCase()
  await openSession(world.log, scene)
  const [first, second] = scene.people
  const say = async (person: Person, audience: Audience, count: number, text = 'сөз') => {
    const { epoch = 0, seq = 0, hash = '' } = (await world.log.state(scene.caseId)).audiences.get(audience) ?? {}
    for (let i = 0; i < count; i++) {
      const id = newCommandId()
      await act(world.log, person, messagePost, { audience, id, text: `${text} ${i}` }, { id, seen: { audience, epoch, seq, hash } })
    }
  }
  return { world, storage, scene, first, second, say }
}

async function asking({ world, scene }: Scene, person: Person) {
  const socket = world.connect(scene.caseId, person.id)
  await connected(socket)
  const ask = async <Answer>(name: string, input: unknown): Promise<Answer> => {
    const ack = (await socket.timeout(10_000).emitWithAck(name, input)) as Ack<Answer> // our server's answer
    if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
    return ack.value
  }
  return {
    resume: (heads: ResumeRequest['heads'] = []) => ask<ResumeAnswer>(WIRE.resume, { heads, paged: true }),
    older: async (audience: Audience, before: number) => (await ask<OlderAnswer>(WIRE.older, { audience, before })).events,
  }
}

/** All answers until nothing more is missing. */
async function caughtUp(device: Awaited<ReturnType<typeof asking>>): Promise<readonly ResumeAnswer[]> {
  const answers: ResumeAnswer[] = []
  const heads = new Map<Audience, WireEvent>()
  for (;;) {
    const answer = await device.resume([...heads.values()].map(({ audience, epoch, seq }) => ({ audience, epoch, seq })))
    answers.push(answer)
    for (const event of answer.events) heads.set(event.audience, event)
    if (answer.audiences.every(({ state }) => state !== 'more')) return answers
  }
}

const of = (audience: Audience, answers: readonly ResumeAnswer[]) =>
  answers.flatMap(({ events }) => events).filter((event) => event.audience === audience)

describe('a long case', () => {
  it('[RTM-30] is answered with the outline and the last page; pages before it, put together, are the whole record', async () => {
    const it = await longCase()
    const { scene, world, first, second } = it
    await it.say(first, 'all', 260)
    await act(world.log, first, messageRedact, { audience: 'all', epoch: 1, seq: 40 })
    await it.say(second, 'all', 400)
    const whole = await world.log.readWhole(scene.caseId, 'all')
    const device = await asking(it, first)
    const answers = await caughtUp(device)
    const sent = of('all', answers)
    const from = answers.findLast(({ audiences }) => audiences.some(({ audience, from }) => audience === 'all' && from !== undefined))
    const start = from?.audiences.find(({ audience }) => audience === 'all')?.from ?? 0
    expect(whole.length - start + 1).toBe(100)
    expect(sent.filter(({ seq }) => seq < start)).toEqual(
      whole.filter(({ seq, type }) => seq < start && type !== 'message:posted' && type !== 'body:redacted'),
    )
    expect(sent.filter(({ seq }) => seq >= start)).toEqual(whole.slice(start - 1))
    let record = whole.slice(start - 1)
    while ((record[0]?.seq ?? 1) > 1) {
      const page = await device.older('all', record[0]?.seq ?? 1)
      expect(page.at(-1)?.seq).toBe((record[0]?.seq ?? 1) - 1)
      record = [...page, ...record]
    }
    expect(record).toEqual(whole)
    expect(await verifyChain(record, sha256)).toBeUndefined()
    expect(record[39]?.body).toBeNull()
  })

  it('[RTM-30] a page of long messages is shorter, and ends where it was asked for', async () => {
    const it = await longCase()
    await it.say(it.first, 'all', 350, 'ұзақ '.repeat(780))
    const device = await asking(it, it.first)
    const answers = await caughtUp(device)
    const sent = of('all', answers)
    const start =
      answers.flatMap(({ audiences }) => audiences).findLast(({ audience, from }) => audience === 'all' && from !== undefined)?.from ?? 0
    const head = sent.at(-1)?.seq ?? 0
    expect(head - start + 1).toBeLessThan(100)
    expect(sent.filter(({ seq }) => seq >= start).map(({ seq }) => seq)).toEqual(
      Array.from({ length: head - start + 1 }, (_, i) => start + i),
    )
    const page = await device.older('all', start)
    expect(page.length).toBeLessThan(100)
    expect(page.at(-1)?.seq).toBe(start - 1)
  })

  it('[RTM-30] a server that has just read the case answers as the one on which it happened', async () => {
    const it = await longCase()
    await it.say(it.first, 'all', 350)
    await act(it.world.log, it.first, messageRedact, { audience: 'all', epoch: 1, seq: 40 })
    const ask = (log: CaseLog) =>
      resume(log, {
        ...{ caseId: it.scene.caseId, me: it.first.id, readers: readersBy(setClock()), now: 0 },
        request: { heads: [], paged: true },
        reading: () => undefined,
        connected: () => [],
      })
    const before = await ask(it.world.log)
    expect(before.audiences.find(({ audience }) => audience === 'all')?.from).toBeGreaterThan(200)
    expect(await ask(serverOver({ storage: it.storage }))).toEqual(before)
  })

  it('[RTM-30] who lacks little gets all of it', async () => {
    const it = await longCase()
    await it.say(it.first, 'all', 120)
    const answers = await caughtUp(await asking(it, it.first))
    expect(of('all', answers)).toEqual(await it.world.log.readWhole(it.scene.caseId, 'all'))
    expect(JSON.stringify(answers)).not.toContain('"from"')
  })

  it('[RTM-31] of an audience that is not one’s own nothing is answered, as of one that does not exist', async () => {
    const it = await longCase()
    const [side] = it.scene.sides
    if (!side) throw new Error('a case has sides')
    await it.say(it.first, sideAudience(side), 350)
    const other = await asking(it, it.second)
    const foreign = await other.older(sideAudience(side), 200)
    expect(foreign).toEqual([])
    expect(await other.older(sideAudience(idOf('nobody')), 200)).toEqual(foreign)
    const answers = await caughtUp(other)
    expect(JSON.stringify(answers)).not.toContain(side === undefined ? '' : sideAudience(side))
  })

  it('[RTM-31] who was taken out reads pages up to that, and learns no count of what was said since', async () => {
    const it = await longCase()
    const { world, scene, first, second } = it
    await it.say(second, 'all', 350)
    await act(world.log, scene.mediator, personEnd, { participantId: first.id })
    const until = (await world.log.readAs(scene.caseId, first.id, 'all', 340, 500)).at(-1)?.seq ?? 0
    const asked = async () => {
      const reader = { caseId: scene.caseId, person: first.id, audience: 'all' } as const
      const pages = [until - 10, until, until + 1, until + 2, until + 1_000].map((before) => world.log.readBeforeAs(reader, before, 100))
      const answer = await resume(world.log, {
        ...{ caseId: scene.caseId, me: first.id, readers: readersBy(setClock()), now: 0 },
        request: { heads: [], paged: true },
        reading: () => undefined,
        connected: () => [],
      })
      return JSON.stringify([await Promise.all(pages), answer])
    }
    const before = await asked()
    await it.say(second, 'all', 5)
    expect((await world.log.state(scene.caseId)).audiences.get('all')?.seq).toBeGreaterThan(until)
    expect(before).toContain(`"seq":${until},`)
    expect(before).not.toContain(`"seq":${until + 1},`)
    expect(await asked()).toBe(before)
  })
})
