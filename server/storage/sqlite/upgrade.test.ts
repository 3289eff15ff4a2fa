// The way of a data folder from one version to the next, on real files.
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bytes, commit, newCase, upTo } from '#server/storage/contracts/samples.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { openDatabase } from './database.ts'
import { dataFile, openSqlite, type SqliteOptions } from './open-sqlite.ts'
import { DATA_STEPS, KEY_STEPS, type SchemaStep } from './schema.ts'

const ALL = 1_000_000
const parent = mkdtempSync(join(tmpdir(), 'bitim-upgrade-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const addTable: SchemaStep = (database) =>
  database.execute('CREATE TABLE added (a INTEGER); INSERT INTO added SELECT commit_number FROM log_event')
const fail: SchemaStep = (database) => database.execute('INSERT INTO nowhere VALUES (1)')
/** Of today's data. */
const NOW = DATA_STEPS.length
const NEXT = [...DATA_STEPS, addTable]

/** An installation of this version with a case in it. */
async function olderFolder(commits = 3): Promise<{ folder: string; caseId: CaseId }> {
  const folder = mkdtempSync(join(parent, 'data-'))
  const caseId = newCase()
  const storage = openSqlite({ folder })
  await storage.keys.putIfAbsent('a key', bytes(40))
  await storage.log.append(upTo(commits).map((commitNumber) => commit(caseId, commitNumber)))
  await storage.close()
  return { folder, caseId }
}

function start(folder: string, dataSteps: readonly SchemaStep[], more: Partial<SqliteOptions['starting']> = {}) {
  const told: string[] = []
  const now = () => Date.UTC(2026, 10, 27, 12, 45, 2)
  const storage = openSqlite({ folder }, { dataSteps, starting: { now, tell: (line) => void told.push(line), ...more } })
  return { storage, told }
}

const backupsIn = (folder: string) => readdirSync(join(folder, 'backups')).sort()
function versionOf(path: string): unknown {
  const database = openDatabase(path)
  const version = database.prepare('PRAGMA user_version').get([])?.[0]
  database.close()
  return version
}

describe('bringing data to a new version', () => {
  it('[STA-10] first makes a backup, closed to others and without keys, and says in one line where', async () => {
    const { folder, caseId } = await olderFolder()
    const keyFile = openDatabase(join(folder, 'keys', 'keys.db'))
    const [[secret]] = keyFile.prepare('SELECT wrapped FROM wrapped_key').all([]) as [[Uint8Array]] // as the older folder was made
    keyFile.close()
    const { storage, told } = start(folder, NEXT)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(join(folder, 'backups', `bitim-v${NOW}-20261127T124502Z.db`))
    expect(told[0]).not.toContain('\n')
    expect(await storage.log.headOf(caseId)).toBe(3)
    await storage.close()
    expect(versionOf(dataFile(folder))).toBe(NOW + 1)
    expect(backupsIn(folder)).toEqual([`bitim-v${NOW}-20261127T124502Z.db`])
    const backup = join(folder, 'backups', `bitim-v${NOW}-20261127T124502Z.db`)
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'backups')).mode & 0o777).toBe(0o700)
    expect(readFileSync(backup).includes(Buffer.from(secret))).toBe(false)
    expect(versionOf(backup)).toBe(NOW)
    const restored = mkdtempSync(join(parent, 'restored-'))
    writeFileSync(dataFile(restored), readFileSync(backup))
    const before = openSqlite({ folder: restored })
    expect(await before.log.headOf(caseId)).toBe(3)
    await before.close()
    const again = start(folder, NEXT)
    expect(again.told).toEqual([])
    await again.storage.close()
    expect(backupsIn(folder)).toHaveLength(1)
  })

  it('[STA-10] a folder that is new, and one of this version, gets no backup', async () => {
    const folder = mkdtempSync(join(parent, 'data-'))
    for (let life = 0; life < 2; life++) await start(folder, NEXT).storage.close()
    expect(readdirSync(folder)).not.toContain('backups')
  })

  it('[STA-11] killed in the middle, the old version is whole, and the next start brings it over', async () => {
    const { folder, caseId } = await olderFolder(200)
    const script = join(import.meta.dirname, '../../testing/upgrade-until-killed.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'ignore', 'inherit'] })
    expect(await new Promise((resolve) => child.once('close', (_code, signal) => resolve(signal)))).toBe('SIGKILL')
    const old = openSqlite({ folder })
    const commits = await old.log.readCase(caseId, 0, ALL)
    expect(commits).toHaveLength(200)
    expect(commits.flatMap(({ events }) => events).some(({ type }) => type === 'changed')).toBe(false)
    await old.close()
    expect(versionOf(dataFile(folder))).toBe(NOW)
    const { storage } = start(folder, NEXT)
    expect(await storage.log.headOf(caseId)).toBe(200)
    await storage.close()
    expect(backupsIn(folder)).toHaveLength(2)
  })

  it('[STA-11] a step that fails leaves the old version, and says so in one line', async () => {
    const { folder, caseId } = await olderFolder()
    expect(() => start(folder, [...NEXT, fail])).toThrow(`the data cannot be brought from version ${NOW} to ${NOW + 2}`)
    expect(versionOf(dataFile(folder))).toBe(NOW)
    const old = openSqlite({ folder })
    expect(await old.log.headOf(caseId)).toBe(3)
    await old.close()
  })

  it('[STA-12] without room for the backup nothing is changed and nothing is left lying about', async () => {
    const { folder } = await olderFolder()
    const before = readFileSync(dataFile(folder))
    expect(() => start(folder, NEXT, { freeBytes: () => 1_000_000 })).toThrow(/^no room in .*backups for a backup .*: free about \d+ MB/)
    expect(readFileSync(dataFile(folder))).toEqual(before)
    expect(backupsIn(folder)).toEqual([])
  })

  it('[STA-13] the newest two backups are kept, what a killed start left is removed, and nothing else is touched', async () => {
    const { folder } = await olderFolder()
    const backups = join(folder, 'backups')
    mkdirSync(backups)
    chmodSync(backups, 0o755)
    const lying = ['bitim-v1-20250101T000000Z.db', 'bitim-v1-20260101T000000Z.db', 'mine.db', 'bitim-v1-20250101T000000Z.db.part']
    for (const name of lying) writeFileSync(join(backups, name), 'x')
    await start(folder, NEXT).storage.close()
    expect(backupsIn(folder)).toEqual(['bitim-v1-20260101T000000Z.db', `bitim-v${NOW}-20261127T124502Z.db`, 'mine.db'])
    expect(statSync(backups).mode & 0o777).toBe(0o700)
  })

  it('[STA-14] newer data, or newer keys, are refused in one line and not touched', async () => {
    const { folder } = await olderFolder()
    await start(folder, NEXT).storage.close()
    const before = readFileSync(dataFile(folder))
    expect(() => start(folder, DATA_STEPS)).toThrow(`the data has version ${NOW + 1}, this release knows ${NOW}: start the newer release`)
    expect(readFileSync(dataFile(folder))).toEqual(before)
    const other = await olderFolder()
    const addKeyTable: SchemaStep = (database) => database.execute('CREATE TABLE added (a INTEGER)')
    const starting = { now: Date.now, tell: () => undefined }
    await openSqlite({ folder: other.folder }, { starting, keySteps: [...KEY_STEPS, addKeyTable] }).close()
    expect(() => start(other.folder, NEXT)).toThrow(/has version 2, this release knows 1/)
    expect(versionOf(dataFile(other.folder))).toBe(NOW)
    expect(readdirSync(other.folder)).not.toContain('backups')
  })

  it('[STA-15] a tool that only looks at older data refuses it rather than changing it', async () => {
    const { folder } = await olderFolder()
    expect(() => openSqlite({ folder }, { dataSteps: NEXT })).toThrow(/of an older version: start the server once/)
    expect(versionOf(dataFile(folder))).toBe(NOW)
  })
})
