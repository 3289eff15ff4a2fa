// A commit that the real storage does not take, in the middle of others: it fails alone.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { sha256 } from '#server/kernel/digest.ts'
import { act, newCommandId, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import type { By } from '#shared/kernel/actor.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { CommandId, SideId } from '#shared/kernel/ids.ts'
import { decided, newEvent, personRule } from '#shared/log/decide.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost, messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { defineCommand } from '#shared/protocol/define.ts'
import type { CaseLog } from './case-log.ts'

const UNSTORABLE = { problem: { kind: 'invalid', reason: 'log/unstorable' } }

/** A server whose commits of the commands in `spoilt` reach the real storage with a field that no database takes. */
async function world() {
  const storage = memoryStorage()
  const spoilt = new Set<CommandId>()
  const real = storage.log
  const log = serverOver({
    storage,
    log: {
      append: (commits) =>
        real.append(commits.map((commit) => (spoilt.has(commit.commandId) ? { ...commit, by: 'half\ud800' as By } : commit))),
      readCase: (...asked) => real.readCase(...asked),
      readAudience: (...asked) => real.readAudience(...asked),
      readPlaces: (...asked) => real.readPlaces(...asked),
      findCommand: (...asked) => real.findCommand(...asked),
      destroyBodies: (...asked) => real.destroyBodies(...asked),
      headOf: (...asked) => real.headOf(...asked),
      caseIds: () => real.caseIds(),
    },
  })
  const cases = [supplyCase(2, 'one'), supplyCase(2, 'two')] as const
  for (const each of cases) await openSession(log, each)
  return { storage, log, cases, spoilt }
}

async function seenBy(log: CaseLog, { caseId }: SupplyCase, audience: Audience) {
  const head = (await log.state(caseId)).audiences.get(audience)
  return { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
}

describe('an unstorable commit', () => {
  it('[LOG-15] fails alone, whatever is before and behind it, in its room, in other rooms and in other cases', async () => {
    const deed = fc.record({ where: fc.nat(1), private: fc.boolean(), who: fc.nat(1), bad: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 2, maxLength: 14 }), async (plan) => {
        const { storage, log, cases, spoilt } = await world()
        const done = []
        for (const each of plan) {
          const scene = cases[each.where] ?? cases[0]
          const audience = each.private ? sideAudience(scene.sides[each.who] as SideId) : 'all' // two sides in each
          done.push({ ...each, scene, audience, id: newCommandId(), seen: await seenBy(log, scene, audience) })
        }
        for (const { id, bad } of done) if (bad) spoilt.add(id)
        const outcomes = await Promise.allSettled(
          done.map(({ scene, who, audience, id, seen }) =>
            act(log, scene.people[who] ?? scene.mediator, messagePost, { audience, id, text: 'сөз' }, { id, seen }),
          ),
        )
        for (const [i, outcome] of outcomes.entries()) {
          if (done[i]?.bad) expect(outcome).toMatchObject({ status: 'rejected', reason: UNSTORABLE })
          else expect(outcome.status).toBe('fulfilled')
        }
        const fresh = serverOver({ storage, seed: 'fresh' })
        for (const scene of cases) {
          for (const audience of ['all', ...scene.sides.map(sideAudience)] as const) {
            const events = await fresh.readAs(scene.caseId, scene.mediator.id, audience, 0, 100)
            expect(await verifyChain(events, sha256)).toBeUndefined()
            const stored = events.filter(({ type }) => type === 'message:posted').map(({ body }): CommandId => JSON.parse(body ?? '{}').id)
            const asked = done.filter((each) => each.scene === scene && each.audience === audience && !each.bad)
            // each person's words in their order; whose come first among those asked at once is nobody's right
            const of = (who: number) => asked.filter((each) => each.who === who).map(({ id }) => id)
            for (const mine of [of(0), of(1)]) expect(stored.filter((id) => mine.includes(id))).toEqual(mine)
            expect(stored).toHaveLength(asked.length)
          }
        }
        await storage.close()
      }),
      { numRuns: 40 },
    )
  })

  it('[LOG-15] a claim of what was seen that no database keeps takes nobody else with it', async () => {
    const { storage, log, cases } = await world()
    const [{ people, sides, mediator, caseId }] = cases
    const [first, second] = people
    const [side] = sides
    const id = newCommandId()
    const seen = await seenBy(log, cases[0], 'all')
    const claim = { audience: sideAudience(side), epoch: 0, seq: 0, hash: 'cut\0here' }
    const outcomes = await Promise.allSettled([
      act(log, first, mediatorCall, { sideId: side, reason: 'talk' }, { seen: claim }),
      act(log, second, messagePost, { audience: 'all', id, text: 'сөз' }, { id, seen }),
    ])
    expect(outcomes).toMatchObject([{ status: 'rejected', reason: UNSTORABLE }, { status: 'fulfilled' }])
    expect((await log.readAs(caseId, mediator.id, 'all', 0, 100)).at(-1)?.body).toContain(id)
    await storage.close()
  })
})

it('[LOG-211] what a rule decides wrongly is refused alone, and the case is read again by the next server', async () => {
  const storage = memoryStorage()
  const scene = supplyCase()
  const [person] = scene.people
  const told: string[] = []
  const command = defineCommand('message:spoil', { input: z.strictObject({}) })
  const rule = personRule({
    command,
    decide: () => decided(newEvent(messagePosted, 'all', { id: newCommandId(), text: 'ә'.repeat(5_000) })),
  })
  const log = serverOver({ storage, rules: [rule], onUnstorable: (_caseId, name) => told.push(name) })
  await openSession(log, scene)
  await expect(act(log, person, command, {})).rejects.toMatchObject(UNSTORABLE)
  expect(told).toEqual([command.name])
  const next = serverOver({ storage, seed: 'next' })
  expect((await next.state(scene.caseId)).commitNumber).toBe((await log.state(scene.caseId)).commitNumber)
  await storage.close()
})
