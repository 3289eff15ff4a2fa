import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commit, event, newCase, newSide, upTo } from '#server/storage/contracts/samples.ts'
import type { Commit, StoredEvent } from '#server/storage/ports.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { createCommitGate } from './commit-gate.ts'
import { type Database, openDatabase, type SqlValue } from './database.ts'
import { createSqliteLogStore } from './log-store.ts'
import { DATA_STEPS } from './schema.ts'

/** Passes every look beforehand and is no bytes any more when it is written. */
function turning(): StoredEvent {
  let looks = 0
  const turned = event({ seq: 3 })
  return Object.defineProperty({ ...turned }, 'hash', { enumerable: true, get: () => (looks++ === 0 ? turned.hash : true) })
}

it('[STO-74] a commit that fails only while it is written fails alone, whole, and all others of its batch are stored', async () => {
  const storage = memoryStorage()
  const [one, other] = [newCase(), newCase()]
  const before = commit(one, 1)
  const faulty = commit(one, 2, { events: [event({ seq: 2 }), turning()] })
  const batch = [before, commit(other, 1), faulty, commit(one, 3), commit(other, 2)]
  expect(await storage.log.append(batch)).toEqual(['stored', 'stored', 'unstorable', 'blocked', 'stored'])
  expect(await storage.log.readCase(one, 0, 10)).toEqual([before])
  expect(await storage.log.headOf(other)).toBe(2)
  expect(await storage.log.append([commit(one, 2)])).toEqual(['stored'])
  await storage.close()
})

interface Asked {
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

/** Notes each question that answers rows of events. */
function noting(database: Database): { readonly database: Database; readonly asked: Asked[] } {
  const asked: Asked[] = []
  const prepare: Database['prepare'] = (sql) => {
    const statement = database.prepare(sql)
    const noted = (parameters: readonly SqlValue[]) => void (sql.includes('FROM log_event') && asked.push({ sql, parameters }))
    return {
      ...statement,
      get(parameters) {
        noted(parameters)
        return statement.get(parameters)
      },
      all(parameters) {
        noted(parameters)
        return statement.all(parameters)
      },
    }
  }
  return { database: { ...database, prepare }, asked }
}

function logOver(database: Database) {
  return createSqliteLogStore(
    database,
    createCommitGate(database, (run) => void setImmediate(run)),
    (run) => void setImmediate(run),
  )
}

it('[STO-191] a page of an audience looks at its own events alone, whatever lies between them, and is the same page', async () => {
  const bare = openDatabase(':memory:')
  for (const step of DATA_STEPS) step(bare)
  const writing = logOver(bare)
  // For each of the audience's events: how many commits of others come before it, and of how many events of others in its own commit.
  const around = fc.record({ before: fc.nat({ max: 4 }), inFront: fc.nat({ max: 3 }), behind: fc.nat({ max: 3 }) })
  const property = fc.asyncProperty(fc.array(around, { minLength: 1, maxLength: 12 }), fc.nat({ max: 12 }), async (plan, after) => {
    const [caseId, other] = [newCase(), newSide()]
    const [mine, places]: [StoredEvent[], string[]] = [[], []]
    const commits: Commit[] = []
    let theirs = 0
    const others = (count: number) => upTo(count).map(() => event({ audience: other, seq: ++theirs }))
    for (const { before, inFront, behind } of plan) {
      for (const _ of upTo(before)) commits.push(commit(caseId, commits.length + 1, { events: others(1) }))
      const own = event({ seq: mine.length + 1 })
      commits.push(commit(caseId, commits.length + 1, { events: [...others(inFront), own, ...others(behind)] }))
      places.push(`${commits.length} ${inFront}`)
      mine.push(own)
    }
    expect(await writing.append(commits)).toEqual(commits.map(() => 'stored'))
    const { database, asked } = noting(bare)
    for (const log of [writing, logOver(database)]) {
      await log.readAudience(caseId, 'all', 0, 1) // whoever reads first reads where everything of the case lies
      asked.splice(0)
      expect(await log.readAudience(caseId, 'all', after, 5)).toEqual(mine.slice(after, after + 5))
      expect(await log.readPlaces(caseId, 'all', [1, after + 1])).toEqual([...new Set([mine[0], mine[after]])].filter(Boolean))
    }
    expect(asked.length).toBeGreaterThan(0)
    for (const { sql, parameters } of asked) {
      const plans = bare.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters)
      expect(plans.map((row) => row[3])).toEqual(['SEARCH log_event USING INDEX log_event_place (k=? AND commit_number=? AND i=?)'])
      expect(places).toContain(`${parameters[1]} ${parameters[2]}`)
    }
  })
  await fc.assert(property, { numRuns: 60, seed: 191 })
  bare.close()
})
