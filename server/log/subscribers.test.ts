import { describe, expect, it } from 'vitest'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { makeSubscribers } from './subscribers.ts'

describe('whatever follows from the log', () => {
  it('[LOG-50] is told of each commit in order, parsed, once it is durable; one that fails keeps nothing from the others', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const told: string[] = []
    const troubles: string[] = []
    const subscribers = makeSubscribers({ onTrouble: (cause, name) => void troubles.push(`${name}: ${cause}`) })
    subscribers.add(
      {
        name: 'broken',
        committed() {
          throw 'no'
        },
        loaded() {
          throw 'never'
        },
      },
      {
        name: 'listening',
        committed({ events, after }) {
          for (const { type, body } of events)
            if (type === messagePosted.name) told.push(`${after.commitNumber} ${(body as { text: string }).text}`)
        },
        loaded: (caseId) => void told.push(`loaded ${caseId === world.caseId}`),
      },
    )
    const log = serverOver({ storage, subscribers })
    await openSession(log, world)
    const say = async (text: string) => {
      const { epoch = 0, seq = 0, hash = '' } = (await log.state(world.caseId)).audiences.get('all') ?? {}
      const id = newCommandId()
      return act(log, world.mediator, messagePost, { audience: 'all', id, text }, { id, seen: { audience: 'all', epoch, seq, hash } })
    }
    troubles.length = 0
    const before = (await log.state(world.caseId)).commitNumber
    expect(await say('бірінші')).toHaveLength(1)
    expect(await say('екінші')).toHaveLength(1)
    expect(told).toEqual([`${before + 1} бірінші`, `${before + 2} екінші`])
    expect(troubles).toEqual(['broken: no', 'broken: no'])
    await serverOver({ storage, seed: 'again', subscribers }).state(world.caseId)
    expect([told.at(-1), troubles.at(-1)]).toEqual(['loaded true', 'broken: never'])
    await storage.close()
  })

  it.each(['state', 'refresh'] as const)('[LOG-50] is told once of a case that is read first by %s', async (by) => {
    const storage = memoryStorage()
    const world = supplyCase()
    await openSession(serverOver({ storage }), world)
    const told: string[] = []
    const subscribers = makeSubscribers({ onTrouble: () => undefined })
    subscribers.add({ name: 'listening', committed: () => void told.push('committed'), loaded: () => void told.push('loaded') })
    const log = serverOver({ storage, seed: 'again', subscribers })
    await log[by](world.caseId)
    await log.refresh(world.caseId)
    expect(told).toEqual(['loaded'])
    await storage.close()
  })
})
