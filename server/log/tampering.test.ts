import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { type ChainFault, verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

const storage = memoryStorage()
let record: readonly WireEvent[] = []

beforeAll(async () => {
  const log = serverOver({ storage })
  const world = supplyCase()
  await openSession(log, world)
  const head = (await log.state(world.caseId)).audiences.get('all')
  const seen = { audience: 'all' as const, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  for (let i = 0; i < 12; i++) {
    const id = newCommandId()
    await act(log, world.mediator, messagePost, { audience: 'all', id, text: `№ ${i}` }, { id, seen })
  }
  record = await log.readAs(world.caseId, world.mediator.id, 'all', 0, 100)
})
afterAll(() => storage.close())

const headOf = (events: readonly WireEvent[]) => {
  const last = events.at(-1)
  return { seq: last?.seq ?? 0, hash: last?.hash ?? '' }
}

describe('[LOG-6] a record that was tampered with', () => {
  it('[LOG-6] stands as it was written', async () => {
    expect(await verifyChain(record, sha256, headOf(record))).toBeUndefined()
  })

  it('[LOG-6] names the first event in which any field was changed', async () => {
    const changes: Record<string, (event: WireEvent) => Partial<WireEvent>> = {
      body: (event) => ({ body: `${event.body} ` }),
      by: () => ({ by: asId<ParticipantId>('somebody-else') }),
      at: (event) => ({ at: event.at + 1 }),
      type: () => ({ type: 'room:left' }),
      version: (event) => ({ version: event.version + 1 }),
      seen: () => ({ seen: '1:1:x' }),
      epoch: (event) => ({ epoch: event.epoch + 1 }),
      salt: () => ({ salt: 'AAAAAAAAAAAAAAAAAAAAAA' }),
      hash: (event) => ({ hash: event.previous }),
      previous: (event) => ({ previous: event.hash }),
      bodyDigest: (event) => ({ bodyDigest: event.hash }),
    }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(changes)), fc.nat(record.length - 1), async (field, index) => {
        const changed = record.map((event, at) => (at === index ? { ...event, ...changes[field]?.(event) } : event))
        const fault = await verifyChain(changed, sha256, headOf(record))
        expect(fault?.seq).toBe(index + 1)
      }),
    )
  })

  it('[LOG-6] names the place of a removed, doubled or moved event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(record.length - 2), async (index) => {
        const removed = record.filter((_event, at) => at !== index)
        expect(await verifyChain(removed, sha256, headOf(record))).toEqual<ChainFault>({ fault: 'missing', seq: index + 1 })
        const moved = [...record]
        const [event] = moved.splice(index, 1)
        if (event) moved.push(event)
        expect((await verifyChain(moved, sha256))?.seq).toBe(index + 1)
      }),
    )
  })

  it('[LOG-6] names a cut-off end against a head that was kept elsewhere', async () => {
    expect(await verifyChain(record.slice(0, -3), sha256, headOf(record))).toEqual({ fault: 'cut-off', seq: record.length - 2 })
    expect(await verifyChain(record.slice(0, -3), sha256)).toBeUndefined()
  })

  it('[LOG-7] verifies with bodies destroyed, showing tombstones', async () => {
    const forgotten = record.map((event) => ({ ...event, body: null, salt: '' }))
    expect(await verifyChain(forgotten, sha256, headOf(record))).toBeUndefined()
  })
})
