// A log of release 2.2 in today's table, on real files, and over the death of the server that brings it there.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bytes, commit, event, newCase, upTo } from '#server/storage/contracts/samples.ts'
import type { Commit } from '#server/storage/ports.ts'
import { createCommitGate } from './commit-gate.ts'
import { openDatabase } from './database.ts'
import { createSqliteLogStore } from './log-store.ts'
import { dataFile, openSqlite } from './open-sqlite.ts'
import { configureData, configureKeys, DATA_STEPS, KEY_STEPS, upgradeSchema } from './schema.ts'

const OF_2_2 = DATA_STEPS.slice(0, 3)
const starting = { now: () => 1_795_000_000_000, tell: () => undefined }
const parent = mkdtempSync(join(tmpdir(), 'bitim-move-log-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

/** Three cases that grew between one another, with one destroyed body among them. */
async function olderFolder(): Promise<{ folder: string; commits: readonly Commit[]; destroyed: Commit }> {
  const folder = mkdtempSync(join(parent, 'data-'))
  mkdirSync(join(folder, 'keys'), { mode: 0o700 })
  const keys = openDatabase(join(folder, 'keys/keys.db'))
  configureKeys(keys)
  upgradeSchema(keys, KEY_STEPS, 0)
  keys.close()
  const data = openDatabase(dataFile(folder))
  configureData(data)
  upgradeSchema(data, OF_2_2, 0)
  const atOnce = (run: () => void) => run()
  const log = createSqliteLogStore(data, createCommitGate(data, atOnce), atOnce)
  const cases = upTo(3).map(newCase)
  const commits = upTo(60).flatMap((commitNumber) =>
    cases.map((caseId) => commit(caseId, commitNumber, { events: [event({ seq: commitNumber, encryptedBody: bytes(300) })] })),
  )
  await log.append(commits)
  const destroyed = commits[70] as Commit // of a hundred and eighty
  await log.destroyBodies([
    { caseId: destroyed.caseId, audience: 'all', epoch: 1, seq: destroyed.commitNumber, replacementMac: () => new Uint8Array(32) },
  ])
  data.close()
  return { folder, commits, destroyed }
}

function shapeOf(folder: string): string {
  const database = openDatabase(dataFile(folder))
  const [sql] = database.prepare("SELECT sql FROM sqlite_master WHERE name = 'log_event'").get([]) ?? []
  database.close()
  return String(sql).includes('WITHOUT ROWID') ? 'by case' : 'by time'
}

async function expectWhole({ folder, commits, destroyed }: Awaited<ReturnType<typeof olderFolder>>): Promise<void> {
  const storage = openSqlite({ folder }, { starting })
  for (const each of commits) {
    const [stored] = await storage.log.readCase(each.caseId, each.commitNumber - 1, 1)
    if (each === destroyed) expect(stored?.events[0]).toMatchObject({ encryptedBody: undefined, destroyedBytes: 320 })
    else expect(stored).toEqual(each)
  }
  const next = commit(destroyed.caseId, 61)
  const again = commit(destroyed.caseId, 61)
  expect(await storage.log.append([next, again])).toEqual(['stored', 'taken'])
  await storage.close()
}

describe('the log of release 2.2', () => {
  it('[STO-44] is the same log in the table of today, and nothing of a destroyed body has come back', async () => {
    const older = await olderFolder()
    expect(shapeOf(older.folder)).toBe('by case')
    await expectWhole(older)
    expect(shapeOf(older.folder)).toBe('by time')
    const nonce = Buffer.from(older.destroyed.events[0]?.encryptedBody?.subarray(1, 13) ?? [])
    expect(readFileSync(dataFile(older.folder)).includes(nonce)).toBe(false)
  })

  it('[STO-44] killed while it is brought there, it is the old one, whole, and the next start brings it there', async () => {
    const older = await olderFolder()
    const script = join(import.meta.dirname, '../../testing/upgrade-until-killed.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, older.folder], { stdio: ['ignore', 'ignore', 'inherit'] })
    expect(await new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)))).toBe('SIGKILL')
    expect(shapeOf(older.folder)).toBe('by case')
    await expectWhole(older)
    expect(shapeOf(older.folder)).toBe('by time')
  })
})
