import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import type { AppendAnswer, LogStore } from '#server/storage/ports.ts'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'

type Trouble = 'none' | 'lost-answer' | 'lost-write' | 'full'

/** The real storage behind a connection that fails as the plan says, once the scene is set. */
function troubled(real: LogStore, plan: Trouble[]): { log: LogStore; start: () => void } {
  let started = false
  const append: LogStore['append'] = async (commits) => {
    const trouble = started ? (plan.shift() ?? 'none') : 'none'
    if (trouble === 'full') return commits.map((): AppendAnswer => 'unavailable')
    if (trouble === 'lost-write') return commits.map((): AppendAnswer => 'unknown')
    const answers = await real.append(commits)
    if (trouble === 'lost-answer') throw new Error('the connection broke')
    return answers
  }
  const log: LogStore = {
    append,
    readCase: (...asked) => real.readCase(...asked),
    readAudience: (...asked) => real.readAudience(...asked),
    readPlaces: (...asked) => real.readPlaces(...asked),
    findCommand: (...asked) => real.findCommand(...asked),
    destroyBodies: (...asked) => real.destroyBodies(...asked),
    headOf: (...asked) => real.headOf(...asked),
    caseIds: () => real.caseIds(),
  }
  return {
    log,
    start: () => {
      started = true
    },
  }
}

describe('storage in trouble', () => {
  it('[LOG-8] [LOG-9] what was acknowledged is stored once, what was refused is not there, whatever fails', async () => {
    const troubles = fc.array(fc.constantFrom<Trouble>('none', 'lost-answer', 'lost-write', 'full'), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(troubles, async (plan) => {
        const storage = memoryStorage()
        const line = troubled(storage.log, [...plan])
        const log = serverOver({ storage, log: line.log })
        const world = supplyCase()
        await openSession(log, world)
        const head = (await log.state(world.caseId)).audiences.get('all')
        const seen = { audience: 'all' as const, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
        line.start()
        const ids = Array.from({ length: 12 }, () => newCommandId())
        const outcomes = await Promise.allSettled(
          ids.map((id, i) =>
            act(log, world.people[i % 2] ?? world.mediator, messagePost, { audience: 'all', id, text: `${i}` }, { id, seen }),
          ),
        )
        const events = await serverOver({ storage }).readAs(world.caseId, world.mediator.id, 'all', 0, 100)
        expect(await verifyChain(events, sha256)).toBeUndefined()
        const stored = events.filter((event) => event.type === 'message:posted').map((event) => JSON.parse(event.body ?? '{}').id)
        const acknowledged = ids.filter((_id, i) => outcomes[i]?.status === 'fulfilled')
        expect([...stored].sort()).toEqual([...acknowledged].sort())
        for (const outcome of outcomes)
          if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ problem: { kind: 'unavailable' } })
        await storage.close()
      }),
      { numRuns: 60 },
    )
  })

  it('[LOG-12] a clock that jumps back changes no order', async () => {
    const storage = memoryStorage()
    const clock = setClock()
    const log = serverOver({ storage, clock })
    const world = supplyCase()
    await openSession(log, world)
    const head = (await log.state(world.caseId)).audiences.get('all')
    const seen = { audience: 'all' as const, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
    for (const [i, jump] of [0, -86_400_000, 5, -1, 1e9].entries()) {
      clock.set(clock.now() + jump)
      const id = newCommandId()
      await act(log, world.mediator, messagePost, { audience: 'all', id, text: `${i}` }, { id, seen })
    }
    const events = await log.readAs(world.caseId, world.mediator.id, 'all', 0, 100)
    expect(events.flatMap((event) => (event.type === 'message:posted' ? [JSON.parse(event.body ?? '{}').text] : []))).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
    ])
    await storage.close()
  })
})
