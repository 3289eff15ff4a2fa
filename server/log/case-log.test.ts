import { describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { caucusEnd, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type RoomId } from '#shared/kernel/ids.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { groupOpen } from '#shared/rooms/group-protocol.ts'

function post(text: string, audience: string = 'all') {
  const id = newCommandId()
  return { id, input: { audience: audience as Audience, id, text } }
}

async function seenOf(log: ReturnType<typeof serverOver>, caseId: ReturnType<typeof supplyCase>['caseId'], audience: 'all') {
  const { epoch = 0, seq = 0, hash = '' } = (await log.state(caseId)).audiences.get(audience) ?? {}
  return { audience, epoch, seq, hash }
}

describe('the case log', () => {
  it('[LOG-1] numbers each audience densely from 1 and chains it so that it verifies', async () => {
    const storage = memoryStorage()
    const log = serverOver({ storage })
    const world = supplyCase()
    await openSession(log, world)
    const seen = await seenOf(log, world.caseId, 'all')
    for (let i = 0; i < 5; i++) {
      const { id, input } = post(`сөз ${i}`)
      await act(log, world.people[i % 2] ?? world.mediator, messagePost, input, { id, seen })
    }
    const events = await log.readAs(world.caseId, world.mediator.id, 'all', 0, 100)
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index + 1))
    expect(await verifyChain(events, sha256)).toBeUndefined()
    await storage.close()
  })

  it('[LOG-2] answers a retried command with the first result and refuses its id with another content', async () => {
    const storage = memoryStorage()
    const log = serverOver({ storage })
    const world = supplyCase()
    await openSession(log, world)
    const seen = await seenOf(log, world.caseId, 'all')
    const { id, input } = post('бір рет')
    const [person] = world.people
    if (!person) throw new Error('no person')
    const first = await act(log, person, messagePost, input, { id, seen })
    expect(await act(log, person, messagePost, input, { id, seen })).toEqual(first)
    const restarted = serverOver({ storage, seed: 'another' })
    expect(await act(restarted, person, messagePost, input, { id, seen })).toEqual(first)
    await expect(act(log, person, messagePost, { ...input, text: 'басқа' }, { id, seen })).rejects.toMatchObject({
      problem: { kind: 'conflict', reason: 'log/command-id-used' },
    })
    await storage.close()
  })

  it('[LOG-2] sent twice before the first is stored, a command is done once and both get the one receipt', async () => {
    const storage = memoryStorage()
    const log = serverOver({ storage })
    const world = supplyCase()
    await openSession(log, world)
    const { caseId, mediator, people, sides } = world
    const twice = async (ask: () => ReturnType<typeof act>) => {
      const [first, second] = await Promise.all([ask(), ask()])
      expect(first.length).toBeGreaterThan(0)
      expect(second).toEqual(first)
    }
    const seen = await seenOf(log, caseId, 'all')
    const { id, input } = post('екі рет')
    await twice(() => act(log, people[0], messagePost, input, { id, seen }))
    // What would be refused the second time, and what would be nothing to do.
    const [invitation, room] = [newCommandId(), { roomId: asId<RoomId>(newCommandId()), name: 'Бөлек', people: [people[0].id] }]
    await twice(() => act(log, mediator, caucusInvite, { sideId: sides[0] }, { id: invitation }))
    const opening = newCommandId()
    await twice(() => act(log, mediator, groupOpen, { ...room, end: { way: 'open' } }, { id: opening }))
    const clash = newCommandId()
    const answers = await Promise.allSettled([
      act(log, mediator, caucusEnd, { sideId: sides[0] }, { id: clash }),
      act(log, mediator, caucusInvite, { sideId: sides[1] }, { id: clash }),
    ])
    expect(answers[0]).toMatchObject({ status: 'fulfilled' })
    expect(answers[1]).toMatchObject({ status: 'rejected', reason: { problem: { reason: 'log/command-id-used' } } })
    await storage.close()
  })

  it('[WRK-11] somebody who says much at once keeps nobody waiting, neither of the same case nor of another', async () => {
    const storage = memoryStorage()
    const log = serverOver({ storage })
    const [one, other] = [supplyCase(2, 'one'), supplyCase(2, 'other')]
    for (const world of [one, other]) await openSession(log, world)
    const settled: string[] = []
    const seen = new Map([one, other].map((world) => [world, seenOf(log, world.caseId, 'all')]))
    const say = async (world: typeof one, person: number, text: string) => {
      const { id, input } = post(text)
      const read = await seen.get(world)
      if (read) await act(log, world.people[person] ?? world.mediator, messagePost, input, { id, seen: read })
      settled.push(text)
    }
    await Promise.all(seen.values())
    const much = Array.from({ length: 20 }, (_each, i) => `${i}`)
    await Promise.all([...much.map((text) => say(one, 0, text)), say(one, 1, 'осында'), say(other, 0, 'басқада')])
    expect(settled.indexOf('осында')).toBeLessThan(much.length / 2)
    expect(settled.indexOf('басқада')).toBeLessThan(much.length / 2)
    expect(settled.filter((text) => much.includes(text))).toEqual(much)
    await storage.close()
  })

  it('[LOG-3] two servers that decide at once give one order without a hole', async () => {
    const storage = memoryStorage()
    const one = serverOver({ storage, seed: 'one' })
    const two = serverOver({ storage, seed: 'two' })
    const world = supplyCase()
    await openSession(one, world)
    const seen = await seenOf(one, world.caseId, 'all')
    await two.state(world.caseId)
    const sent = await Promise.all(
      Array.from({ length: 40 }, (_each, i) => {
        const { id, input } = post(`хабар ${i}`)
        return act(i % 2 ? one : two, world.people[i % 2] ?? world.mediator, messagePost, input, { id, seen })
      }),
    )
    const places = sent.map(([place]) => place?.seq ?? 0).sort((a, b) => a - b)
    expect(new Set(places).size).toBe(40)
    await one.refresh(world.caseId)
    await two.refresh(world.caseId)
    const events = await one.readAs(world.caseId, world.mediator.id, 'all', 0, 500)
    expect(await verifyChain(events, sha256)).toBeUndefined()
    expect((await one.state(world.caseId)).audiences).toEqual((await two.state(world.caseId)).audiences)
    await storage.close()
  })

  it('[LOG-4] somebody outside an audience is answered as if it did not exist', async () => {
    const storage = memoryStorage()
    const log = serverOver({ storage })
    const world = supplyCase()
    await openSession(log, world)
    const [first] = world.people
    if (!first || !world.sides[1]) throw new Error('no people')
    const other = sideAudience(world.sides[1])
    const { id, input } = post('тыңдаймын', other)
    const refused = await act(log, first, messagePost, input, { id }).catch((error: unknown) => error)
    const never = post('жоқ', `side:${'x'.repeat(22)}`)
    const absent = await act(log, first, messagePost, never.input, { id: never.id }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ problem: { kind: 'not-found' } })
    expect(JSON.stringify((refused as { problem: unknown }).problem)).toBe(JSON.stringify((absent as { problem: unknown }).problem))
    expect(await log.readAs(world.caseId, first.id, other, 0, 10)).toEqual([])
    await storage.close()
  })

  it('[LOG-18] what one person sends keeps its order, also behind a place that must be looked up', async () => {
    const storage = memoryStorage()
    const log = serverOver({ storage })
    const world = supplyCase()
    await openSession(log, world)
    const [person] = world.people
    if (!person) throw new Error('no person')
    const early = await seenOf(log, world.caseId, 'all')
    for (let i = 0; i < 100; i++) {
      const { id, input } = post(`сөз ${i}`)
      await act(log, world.people[i % 2] ?? world.mediator, messagePost, input, { id, seen: early })
    }
    const late = await seenOf(log, world.caseId, 'all')
    const texts = Array.from({ length: 8 }, (_each, i) => `рет ${i}`)
    const places = await Promise.all(
      texts.map((text, i) => {
        const { id, input } = post(text)
        return act(log, person, messagePost, input, { id, seen: i % 3 === 0 ? early : late })
      }),
    )
    const order = places.map(([place]) => place?.seq ?? 0)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    await storage.close()
  })

  it('[LOG-14] a device with another history is told so, whatever it asks, and nobody learns of hashes elsewhere', async () => {
    const storage = memoryStorage()
    const log = serverOver({ storage })
    const world = supplyCase()
    await openSession(log, world)
    const [person] = world.people
    if (!person || !world.sides[1]) throw new Error('no people')
    const seen = await seenOf(log, world.caseId, 'all')
    const ask = (claimed: Partial<typeof seen>, server = log) => {
      const { id, input } = post('не та история')
      return act(server, person, messagePost, input, { id, seen: { ...seen, ...claimed } })
    }
    const forked = { problem: { kind: 'conflict', reason: 'log/forked' } }
    await expect(ask({ hash: 'A'.repeat(43) })).rejects.toMatchObject(forked)
    await expect(ask({ seq: seen.seq + 5 })).rejects.toMatchObject(forked)
    await expect(ask({ hash: 'A'.repeat(43) }, serverOver({ storage, seed: 'restarted' }))).rejects.toMatchObject(forked)
    expect(await ask({})).toHaveLength(1)
    expect(await ask({})).toHaveLength(1)
    const { id, input } = post('чужая', sideAudience(world.sides[1]))
    const elsewhere = { audience: sideAudience(world.sides[1]), epoch: 1, seq: 1, hash: 'A'.repeat(43) }
    await expect(act(log, person, messagePost, input, { id, seen: elsewhere })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    await storage.close()
  })
})
