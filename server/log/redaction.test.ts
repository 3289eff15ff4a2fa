// A message that is taken away: gone for every reader from the moment that the event says so, whatever the storage still holds.
import { describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import { act, keysOver, newCommandId, openSession, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { nulledEvents } from '#shared/log/redaction.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import type { CaseLog } from './case-log.ts'
import { isCommitWhole } from './commit-macs.ts'
import { type BodyStore, bodyStoresOf, type Forgetting, makeForgetting } from './forgetting.ts'

const NO_PROJECTIONS: BodyStore = { forget: async () => undefined }
const WORDS = 'ең төменгі баға 1 200 000 теңге'

async function scene(audience: Audience | 'side' = 'all') {
  const storage = memoryStorage()
  const world = supplyCase()
  const published: WireEvent[] = []
  const log = serverOver({ storage, subscribers: subscribed({ committed: ({ wires }) => void published.push(...wires) }) })
  await openSession(log, world)
  const [person, other] = world.people
  const [side] = world.sides
  const room = audience === 'side' ? sideAudience(side) : audience
  const seen = await seenIn(log, room)
  const id = newCommandId()
  const post = (server: CaseLog, text = WORDS) =>
    act(server, person, messagePost, { audience: room, id, text }, { id, seen: { audience: room, ...seen } })
  const [place] = await post(log)
  const redact = { audience: room, epoch: place?.epoch ?? 0, seq: place?.seq ?? 0 }
  return { storage, world, log, person, other, room, post, place, redact, published }

  async function seenIn(server: CaseLog, of: Audience) {
    const { epoch = 0, seq = 0, hash = '' } = (await server.state(world.caseId)).audiences.get(of) ?? {}
    return { epoch, seq, hash }
  }
}

/** Until nothing more is under way. */
async function settled(forgetting: Forgetting) {
  await forgetting.close()
}

const forgettingOver = (
  log: CaseLog,
  stores: Readonly<Record<string, BodyStore>>,
  onTrouble: (cause: unknown) => void = () => undefined,
) => {
  const timers = movingTimers()
  return { timers, forgetting: makeForgetting({ log, stores, timers, stopwatch: { elapsed: () => 0 }, onTrouble }) }
}

describe('a redaction', () => {
  it('[LOG-40] takes a body from every reader at once, while the storage still has it, and the record still verifies', async () => {
    const { storage, world, log, other, redact, person } = await scene()
    await act(log, person, messageRedact, redact)
    expect((await storage.log.readAudience(world.caseId, 'all', redact.seq - 1, 1))[0]?.encryptedBody).toBeDefined()
    for (const server of [log, serverOver({ storage, seed: 'another' })]) {
      for (const record of [await server.readAs(world.caseId, other.id, 'all', 0, 500), await server.readWhole(world.caseId, 'all')]) {
        expect(JSON.stringify(record)).not.toContain(WORDS)
        expect(record[redact.seq - 1]).toMatchObject({ body: null, salt: '', by: person.id })
        expect(record.at(-1)).toMatchObject({ type: bodyRedacted.name, by: person.id })
        expect(await verifyChain(record, sha256)).toBeUndefined()
      }
    }
    await storage.close()
  })

  it('[LOG-40] a server that reads both at once from another does not tell the words first', async () => {
    const { storage, world, person } = await scene()
    const published: WireEvent[] = []
    const late = serverOver({ storage, seed: 'late', subscribers: subscribed({ committed: ({ wires }) => void published.push(...wires) }) })
    await late.state(world.caseId)
    const early = serverOver({ storage, seed: 'early' })
    const { epoch = 0, seq = 0, hash = '' } = (await early.state(world.caseId)).audiences.get('all') ?? {}
    const id = newCommandId()
    const seen = { audience: 'all' as const, epoch, seq, hash }
    const [place] = await act(early, person, messagePost, { audience: 'all', id, text: 'тағы бір құпия' }, { id, seen })
    await act(early, person, messageRedact, { audience: 'all', epoch, seq: place?.seq ?? 0 })
    await late.refresh(world.caseId)
    expect(published.map(({ type }) => type)).toEqual(['message:posted', 'body:redacted'])
    expect(JSON.stringify(published)).not.toContain('тағы бір құпия')
    await storage.close()
  })

  it('[LOG-41] the body goes from the storage, and with it what it could be guessed by; a retry of its command is answered as done', async () => {
    const { storage, world, log, person, post, place, redact } = await scene()
    const { forgetting } = forgettingOver(log, bodyStoresOf({ log: storage.log, keys: keysOver(storage), projections: NO_PROJECTIONS }))
    await act(log, person, messageRedact, redact)
    forgetting.subscriber.loaded?.(world.caseId)
    await settled(forgetting)
    const [stored] = await storage.log.readAudience(world.caseId, 'all', redact.seq - 1, 1)
    expect(stored?.encryptedBody).toBeUndefined()
    const commits = await storage.log.readCase(world.caseId, 0, 500)
    const its = commits.find(({ events }) => events.some(({ audience, seq }) => audience === 'all' && seq === redact.seq))
    expect(its?.commandMac.subarray(0, 32)).toEqual(new Uint8Array(32))
    const key = await keysOver(storage).find(world.caseId, 'all')
    expect(key && its && isCommitWhole(key, its)).toBe(true)
    for (const server of [log, serverOver({ storage, seed: 'restarted' })]) expect(await post(server)).toEqual([place])
    const record = await serverOver({ storage, seed: 'verifying' }).readWhole(world.caseId, 'all')
    expect(await verifyChain(record, sha256)).toBeUndefined()
    await storage.close()
  })

  it('[LOG-41] what a killed server left is recovered when the case is read; a store in trouble is asked again', async () => {
    const { storage, world, log, person, redact } = await scene()
    await act(log, person, messageRedact, redact) // killed here
    const asked: number[] = []
    const troubles: unknown[] = []
    let broken = true
    const flaky: BodyStore = {
      async forget(places) {
        asked.push(places.length)
        if (broken) throw new Error('no disk')
        await bodyStoresOf({ log: storage.log, keys: keysOver(storage), projections: NO_PROJECTIONS }).log.forget(places)
      },
    }
    const restarted = serverOver({ storage, seed: 'restarted' })
    const { forgetting, timers } = forgettingOver(restarted, { flaky }, (cause) => void troubles.push(cause))
    await restarted.state(world.caseId)
    forgetting.subscriber.loaded?.(world.caseId)
    await expect.poll(() => troubles.length, { timeout: 20_000 }).toBe(1)
    broken = false
    await expect
      .poll(
        async () => {
          timers.advance(5_000)
          return (await storage.log.readAudience(world.caseId, 'all', redact.seq - 1, 1))[0]?.encryptedBody
        },
        { timeout: 20_000 },
      )
      .toBeUndefined()
    expect(asked).toEqual([1, 1])
    await settled(forgetting)
    await storage.close()
  })

  it('[LOG-68] a store in trouble keeps no other from forgetting, is told of, and is asked again until it has forgotten', async () => {
    const { storage, world, log, person, redact } = await scene()
    await act(log, person, messageRedact, redact)
    const asked: string[] = []
    let broken = true
    const store = (name: string, work: () => void = () => undefined): BodyStore => ({
      async forget(places) {
        asked.push(...places.map(({ seq }) => `${name} ${seq}`))
        work()
      },
    })
    const failing = store('failing', () => {
      if (broken) throw new Error('no disk')
    })
    const troubles: unknown[] = []
    const stores = { failing, behind: store('behind') }
    const { forgetting, timers } = forgettingOver(log, stores, (cause) => void troubles.push(cause))
    forgetting.subscriber.loaded?.(world.caseId)
    await expect.poll(() => asked).toEqual([`failing ${redact.seq}`, `behind ${redact.seq}`])
    expect(troubles).toHaveLength(1)
    broken = false
    await expect
      .poll(() => {
        timers.advance(5_000)
        return asked.slice(2)
      })
      .toEqual([`failing ${redact.seq}`])
    await settled(forgetting)
    await storage.close()
  })

  it('[LOG-68] an audience whose key cannot be read keeps no body of another standing', async () => {
    const { storage, world, redact } = await scene()
    const keys = keysOver(storage)
    const find: typeof keys.find = async (caseId, audience) => {
      if (audience === 'case') throw new Error('damaged')
      return keys.find(caseId, audience)
    }
    const { log } = bodyStoresOf({ log: storage.log, keys: { find }, projections: NO_PROJECTIONS })
    const places = [
      { caseId: world.caseId, audience: 'case' as const, epoch: 1, seq: 1 },
      { caseId: world.caseId, ...redact, audience: 'all' as const },
    ]
    await expect(log.forget(places)).rejects.toThrow('damaged')
    expect((await storage.log.readAudience(world.caseId, 'all', redact.seq - 1, 1))[0]?.encryptedBody).toBeUndefined()
    expect((await storage.log.readAudience(world.caseId, 'case', 0, 1))[0]?.encryptedBody).toBeDefined()
    await storage.close()
  })

  it('[LOG-17] what its author may still write is the same before and after, on every server', async () => {
    const { storage, world, log, person, redact } = await scene()
    const spentOn = async (server: CaseLog) => (await server.state(world.caseId)).spent.get(person.id)
    const before = await spentOn(log)
    await act(log, world.mediator, messageRedact, redact)
    const { forgetting } = forgettingOver(log, bodyStoresOf({ log: storage.log, keys: keysOver(storage), projections: NO_PROJECTIONS }))
    forgetting.subscriber.loaded?.(world.caseId)
    await settled(forgetting)
    expect(await spentOn(log)).toEqual(before)
    expect(await spentOn(serverOver({ storage, seed: 'restarted' }))).toEqual(before)
    await storage.close()
  })

  it('[MSG-10] [CAU-3] in a private room it is nobody else’s affair: not an event, not a number', async () => {
    const { storage, world, log, other, room, redact, published } = await scene('side')
    const before = await log.readAs(world.caseId, other.id, 'all', 0, 500)
    await act(log, world.mediator, messageRedact, redact)
    expect(published.at(-1)).toMatchObject({ type: bodyRedacted.name, audience: room })
    expect(await log.readAs(world.caseId, other.id, 'all', 0, 500)).toEqual(before)
    expect(await log.readAs(world.caseId, other.id, room, 0, 500)).toEqual([])
    await storage.close()
  })

  it('[LOG-40] a body that is missing without one, or with one of another place, is named as a fault', async () => {
    const { storage, world, log, person, redact } = await scene()
    const standing = await log.readWhole(world.caseId, 'all')
    await act(log, person, messageRedact, redact)
    const record = await log.readWhole(world.caseId, 'all')
    const nulled = (events: readonly WireEvent[], seq: number) =>
      events.map((event) => (event.seq === seq ? { ...event, body: null, salt: '' } : event))
    expect(await verifyChain(nulled(standing, redact.seq), sha256)).toEqual({ fault: 'nulled', seq: redact.seq })
    expect(await verifyChain(nulled(record, 1), sha256)).toEqual({ fault: 'nulled', seq: 1 })
    // The redaction itself cannot be taken away unnoticed.
    expect(await verifyChain(nulled(record, record.length), sha256)).toEqual({ fault: 'nulled', seq: redact.seq })
    expect(nulledEvents(record)).toEqual([])
    await storage.close()
  })
})
