// A long case is read while others work: how much is done in one piece is counted, not timed.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createCommitGate } from '#server/storage/sqlite/commit-gate.ts'
import { type Database, openDatabase } from '#server/storage/sqlite/database.ts'
import { createSqliteLogStore } from '#server/storage/sqlite/log-store.ts'
import { dataFile, openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { act, newCommandId, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { CaseLog } from './case-log.ts'
import { QUOTA, scaledQuota } from './quota.ts'

const folder = mkdtempSync(join(tmpdir(), 'bitim-long-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const defer = (run: () => void) => void setImmediate(run)
const PAGE = 50

/** The most rows that any statement has answered in one piece. */
function watched(database: Database): { readonly database: Database; most(): number } {
  let most = 0
  return {
    most: () => most,
    database: {
      ...database,
      prepare(sql) {
        const statement = database.prepare(sql)
        return {
          ...statement,
          all(parameters) {
            const rows = statement.all(parameters)
            most = Math.max(most, rows.length)
            return rows
          },
        }
      },
    },
  }
}

async function say(log: CaseLog, { caseId, mediator }: SupplyCase, text: string) {
  const { epoch = 0, seq = 0, hash = '' } = (await log.state(caseId)).audiences.get('all') ?? {}
  const id = newCommandId()
  return act(log, mediator, messagePost, { audience: 'all', id, text }, { id, seen: { audience: 'all', epoch, seq, hash } })
}

describe('a case of a thousand messages', () => {
  it('[LOG-19] [STO-46] is read page by page, and another case is answered in between', async () => {
    const [long, other] = [supplyCase(2, 'long'), supplyCase(2, 'other')]
    const storage = openSqlite({ folder })
    const before = serverOver({ storage, quota: scaledQuota(QUOTA, 1_000) })
    for (const world of [long, other]) await openSession(before, world)
    for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: PAGE }, (_, at) => say(before, long, `${i} ${at}`)))
    const { commitNumber } = await before.state(long.caseId)

    const { database, most } = watched(openDatabase(dataFile(folder)))
    const log = createSqliteLogStore(database, createCommitGate(database, defer), defer)
    const again = serverOver({ storage, log, quota: scaledQuota(QUOTA, 1_000) })
    await again.state(other.caseId)
    let passes = 0
    let reading = true
    const count = () => {
      passes++
      if (reading) setImmediate(count)
    }
    setImmediate(count)
    const read = again.state(long.caseId)
    await say(again, other, 'meanwhile')
    const answeredAfter = passes
    expect((await read).commitNumber).toBe(commitNumber)
    reading = false
    expect(answeredAfter).toBeLessThan(6)
    expect(passes).toBeGreaterThanOrEqual(Math.floor(commitNumber / PAGE))
    await say(again, long, 'one more') // looks its command up, and its place
    expect(most()).toBeLessThanOrEqual(2 * PAGE) // a commit may hold several events
    database.close()
    await storage.close()
  }, 60_000)
})
