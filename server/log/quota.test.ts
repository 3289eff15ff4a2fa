// What one person may write: refused with a reason, warned of early, counted from the log, and nobody else's affair.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediationLeave } from '#shared/cases/case-protocol.ts'
import { mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import type { CommandId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { CaseLog } from './case-log.ts'
import { QUOTA, type Quota } from './quota.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Roomy by the minute, so that days and totals can be reached without one. */
const SLOW: Quota = { ...QUOTA, entriesBurst: 10_000, bytesBurst: 1e9, bytesPerDay: 4_000, bytesInAll: 10_000, entriesInAll: 60 }
const TEXT = 'ұ'.repeat(200)

function world(quota: Quota = QUOTA) {
  const storage = memoryStorage()
  const clock = setClock()
  const server = () => serverOver({ storage, clock, quota })
  const scene = supplyCase()
  const [first, second] = scene.people
  const [side] = scene.sides
  return { storage, clock, server, scene, first, second, side, log: server() }
}

async function post(log: CaseLog, who: Person, audience: Audience, text = TEXT, id: CommandId = newCommandId()): Promise<Problem | 'said'> {
  const head = (await log.state(who.caseId)).audiences.get(audience)
  const seen = { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  try {
    await act(log, who, messagePost, { audience, id, text }, { id, seen })
    return 'said'
  } catch (error) {
    if (error instanceof AppError) return error.problem
    throw error
  }
}

/** Says so much that the answer changes; how often it was said, and the answer. */
async function untilRefused(log: CaseLog, who: Person, audience: Audience, text = TEXT): Promise<readonly [number, Problem]> {
  for (let said = 0; ; said++) {
    const answer = await post(log, who, audience, text)
    if (answer !== 'said') return [said, answer]
  }
}

describe('what one person may write', () => {
  it('[LOG-16] by the minute: a burst, then told how long to wait; after that long it goes on', async () => {
    const { log, clock, scene, first, second, storage } = world()
    await openSession(log, scene)
    const [said, problem] = await untilRefused(log, first, 'all', 'сөз')
    expect(said).toBeGreaterThan(QUOTA.entriesBurst - 5)
    expect(said).toBeLessThanOrEqual(QUOTA.entriesBurst)
    expect(problem).toEqual({ kind: 'too-many', reason: 'log/too-fast', details: { seconds: 1 } })
    expect(await post(log, second, 'all')).toBe('said')
    expect(await post(log, scene.mediator, 'all')).toBe('said')
    clock.set(clock.now() + 1_000)
    expect(await post(log, first, 'all')).toBe('said')
    await storage.close()
  })

  it('[LOG-16] large texts in a minute are refused by their bytes', async () => {
    const { log, scene, first, storage } = world()
    await openSession(log, scene)
    const [said, problem] = await untilRefused(log, first, 'all', '🤝'.repeat(2_000))
    expect(said).toBeLessThan(40)
    expect(problem).toMatchObject({ kind: 'too-many', reason: 'log/too-fast' })
    expect(problem.details?.seconds).toBeGreaterThan(0)
    await storage.close()
  })

  it('[LOG-16] in a day: refused with the hours to wait, by a restarted server too; the next day it goes on', async () => {
    const { log, server, clock, scene, first, second, storage } = world(SLOW)
    await openSession(log, scene)
    const [said, problem] = await untilRefused(log, first, 'all')
    expect(said).toBeGreaterThan(3)
    expect(problem).toEqual({ kind: 'conflict', reason: 'log/day-full', details: { hours: 15 } })
    const again = server()
    expect(await post(again, first, 'all')).toEqual(problem)
    expect(await post(again, second, 'all')).toBe('said')
    clock.set(clock.now() + DAY)
    expect(await post(again, first, 'all')).toBe('said')
    await storage.close()
  })

  it('[LOG-16] in all: words end, acts still go, and leaving is never refused', async () => {
    const { log, server, clock, scene, first, side, storage } = world(SLOW)
    await openSession(log, scene)
    for (let day = 0; day < 3; day++) {
      await untilRefused(log, first, 'all')
      clock.set(clock.now() + DAY)
    }
    const fresh = server()
    expect(await post(fresh, first, 'all')).toEqual({ kind: 'conflict', reason: 'log/case-full', details: {} })
    await act(fresh, first, mediatorCall, { sideId: side, reason: 'talk' })
    await act(fresh, first, mediationLeave, {})
    await storage.close()
  })

  it('[LOG-16] what was already done is answered as done, whatever was written since', async () => {
    const { log, scene, first, storage } = world(SLOW)
    await openSession(log, scene)
    const id = newCommandId()
    const head = (await log.state(scene.caseId)).audiences.get('all')
    const seen = { audience: 'all' as const, epoch: 1, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
    const places = await act(log, first, messagePost, { audience: 'all', id, text: TEXT }, { id, seen })
    await untilRefused(log, first, 'all')
    expect(await act(log, first, messagePost, { audience: 'all', id, text: TEXT }, { id, seen })).toEqual(places)
    await storage.close()
  })

  it('[LOG-17] from four fifths on the author is warned, and nobody else; a new day ends the warning', async () => {
    const { log, clock, scene, first, second, storage } = world({ ...SLOW, bytesInAll: 1e6, entriesInAll: 1e6 })
    await openSession(log, scene)
    const warnings = []
    for (;;) {
      if ((await post(log, first, 'all')) !== 'said') break
      warnings.push(log.near(first))
    }
    const told = warnings.filter((each) => each !== undefined)
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThan(warnings.length)
    expect(told.every(({ of, percent }) => of === 'day' && percent >= 80)).toBe(true)
    expect([log.near(second), log.near(scene.mediator)]).toEqual([undefined, undefined])
    clock.set(clock.now() + DAY)
    expect(log.near(first)).toBeUndefined()
    await storage.close()
  })

  it('[LOG-17] what one side is refused and warned of is the same whatever the others write', async () => {
    const loud = fc.array(fc.record({ who: fc.nat(1), private: fc.boolean(), size: fc.integer({ min: 1, max: 400 }) }), { maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(loud, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }), async (others, mine) => {
        const told = []
        for (const noise of [others, []]) {
          const { log, scene, first, second, side, storage } = world(SLOW)
          await openSession(log, scene)
          const rest = [...noise]
          const answers = []
          for (const size of mine) {
            for (const { who, private: apart, size: theirs } of rest.splice(0, 2)) {
              const speaker = who === 0 ? first : scene.mediator
              await post(log, speaker, apart ? sideAudience(side) : 'all', 'а'.repeat(theirs))
            }
            answers.push(await post(log, second, 'all', 'б'.repeat(size)), log.near(second))
          }
          told.push(answers)
          await storage.close()
        }
        expect(told[0]).toEqual(told[1])
      }),
      { numRuns: 25 },
    )
  })

  it('[LOG-16] a clock that jumps locks nobody out and gives nobody more than there is in all', async () => {
    for (const jump of [HOUR, -HOUR, DAY, -DAY, 365 * DAY, -365 * DAY]) {
      const { log, clock, scene, first, storage } = world(SLOW)
      await openSession(log, scene)
      const began = clock.now()
      let said = 0
      for (let i = 0; i < 40; i++) {
        clock.set(i % 2 ? began : began + jump)
        if ((await post(log, first, 'all')) === 'said') said++
      }
      expect(said, `${jump}`).toBeGreaterThan(3)
      expect(said * 400, `${jump}`).toBeLessThan(SLOW.bytesInAll + 1_000)
      clock.set(began + 3 * 365 * DAY)
      expect(await post(log, first, 'all')).not.toMatchObject({ reason: 'log/day-full' })
      await storage.close()
    }
  })
})
