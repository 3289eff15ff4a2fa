// Two servers project one case into one table at once: in whatever order their reading and writing falls, what stands in the end is what follows from the log.
import { describe, expect, it } from 'vitest'
import { encryptProjections } from '#server/storage/encrypted-projections.ts'
import type { ProjectionStore } from '#server/storage/ports.ts'
import type { SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'
import { act, openSession, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { defineProjection, tableOf } from './projection.ts'
import { makeProjections } from './projections.ts'

const talks = defineProjection<{ readonly inSession: boolean; readonly at: number }, 'all'>({
  name: 'talks',
  version: 1,
  reads: ['case'],
  lookups: { all: { equals: [], order: 'at' } },
  async of(caseId, view) {
    const { session } = view.state(caseFold, 'case') ?? {}
    return [{ id: caseId, value: { inSession: session !== undefined, at: 1 } }]
  },
})

/** What is asked of a storage waits here until it is let through; once it is open, nothing waits. */
function makeGate() {
  const waiting: (() => void)[] = []
  let isOpen = false
  return {
    waiting,
    async pass(): Promise<void> {
      if (!isOpen) await new Promise<void>((resolve) => waiting.push(resolve))
    },
    open() {
      isOpen = true
      for (const go of waiting.splice(0)) go()
    },
  }
}

function server(storage: SqliteStorage, seed: string) {
  const gate = makeGate()
  const entropy = seededEntropy(seed)
  const encrypted = encryptProjections(storage.projections, { keys: storage.keys, masterKey: new Uint8Array(32).fill(7), entropy })
  const store: ProjectionStore = {
    ...encrypted,
    async ofCase(table, caseId) {
      await gate.pass()
      return encrypted.ofCase(table, caseId)
    },
    async put(table, documents) {
      await gate.pass()
      await encrypted.put(table, documents)
    },
  }
  const subscribers = subscribed()
  const log = serverOver({ storage, seed, subscribers })
  const onTrouble = (cause: unknown) => {
    throw cause
  }
  const projections = makeProjections({
    projections: [talks],
    store,
    records: storage.records,
    log,
    stored: storage.log,
    clock: setClock(),
    timers: movingTimers(),
    isAlone: false,
    onTrouble,
  })
  subscribers.add(projections.subscriber)
  return { log, projections, store: encrypted, gate }
}
type Server = ReturnType<typeof server>

const turns = async (count: number) => {
  for (let at = 0; at < count; at++) await new Promise<void>((resolve) => setImmediate(resolve))
}

async function standing({ store }: Server, caseId: CaseId): Promise<unknown> {
  return (await store.ofCase(tableOf(talks), caseId)).map(({ value }) => value)
}

/** Opens a session or ends it, whichever is its turn. */
async function turn({ log }: Server, { caseId, mediator }: ReturnType<typeof supplyCase>): Promise<boolean> {
  await log.refresh(caseId)
  const state = (await log.state(caseId)).audiences.get('case')
  const runs = state !== undefined && sliceOf(state, caseFold).session !== undefined
  await act(log, mediator, runs ? sessionEnd : sessionStart, {})
  return !runs
}

describe('two servers over one projection', () => {
  it('[LOG-80] a line of an older state does not stand over a newer one that had nothing to change', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const [slow, quick, killed] = [server(storage, 'slow'), server(storage, 'quick'), server(storage, 'killed')]
    quick.gate.open()
    await openSession(quick.log, world)
    await quick.projections.save()
    await turn(slow, world) // ended; its writing waits
    await expect.poll(() => slow.gate.waiting.length).toBe(1)
    slow.gate.waiting.shift()?.()
    await expect.poll(() => slow.gate.waiting.length).toBe(1)
    await turn(killed, world) // begun again: as it stands
    await quick.log.refresh(world.caseId)
    await quick.projections.close()
    slow.gate.open()
    await slow.projections.close()
    await slow.projections.close() // what it has put into its queue meanwhile
    expect(await standing(quick, world.caseId)).toEqual([{ inSession: true, at: 1 }])
    await storage.close()
  })

  it.each(Array.from({ length: 25 }, (_, at) => at))('[LOG-80] interleaving %i ends with what follows from the log', async (at) => {
    const bytes = seededEntropy(`interleaving ${at}`)
    const below = (count: number) => (bytes.bytes(1, 'next')[0] ?? 0) % count
    const storage = memoryStorage()
    const world = supplyCase()
    const opening = server(storage, 'opening')
    opening.gate.open()
    await openSession(opening.log, world)
    await opening.projections.close()
    const both = [server(storage, 'one'), server(storage, 'two')] as const
    let runs = true
    for (let step = 0; step < 24; step++) {
      const one = both[below(2) as 0 | 1] // below two
      if (below(3) === 0) runs = await turn(one, world)
      else one.gate.waiting.splice(below(2), 1)[0]?.()
      await turns(6)
    }
    for (const one of both) one.gate.open()
    for (const one of [...both, ...both]) await one.projections.close()
    expect(await standing(opening, world.caseId)).toEqual([{ inSession: runs, at: 1 }])
    await storage.close()
  })
})
