// A body that was destroyed is looked for in the bytes of every file beside it, as somebody with the disk and the keys would.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bytes, commit, event, newCase, upTo } from '#server/storage/contracts/samples.ts'
import type { Commit } from '#server/storage/ports.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { backupSqlite } from './backup.ts'
import { openDatabase } from './database.ts'
import { dataFile, openSqlite } from './open-sqlite.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-destroyed-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const newFolder = () => mkdtempSync(join(parent, 'data-'))
const starting = { now: () => 1_792_000_000_000, tell: () => undefined }

/** What a ciphertext cannot be opened without. */
const nonceOf = (each: Commit) => Buffer.from(each.events[0]?.encryptedBody?.subarray(1, 13) ?? [])
const toDestroy = (each: Commit) => ({
  caseId: each.caseId,
  audience: 'all' as const,
  epoch: 1,
  seq: each.commitNumber,
  replacementMac: () => new Uint8Array(32),
})

function filesHolding(folder: string, needle: Buffer): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(needle))
}

/** Many cases that grow between one another, so that rows are moved from page to page; some bodies are longer than a page. */
async function manyCases(log: ReturnType<typeof openSqlite>['log']): Promise<readonly Commit[]> {
  const random = new Random(7)
  const cases = upTo(25).map(newCase)
  const heads = new Map(cases.map((caseId) => [caseId, 0]))
  const commits = upTo(2_500).map(() => {
    const caseId = random.pick(cases)
    const commitNumber = (heads.get(caseId) ?? 0) + 1
    heads.set(caseId, commitNumber)
    const length = random.chance(0.1) ? 6_000 : 60 + random.below(400)
    return commit(caseId, commitNumber, { events: [event({ seq: commitNumber, encryptedBody: bytes(length) })] })
  })
  for (let at = 0; at < commits.length; at += 25) await log.append(commits.slice(at, at + 25))
  return commits
}

describe('destroyed bodies', () => {
  it('[STO-99] stand in no byte of any file: not in the data, not beside it, not in a backup made after', async () => {
    const folder = newFolder()
    const storage = openSqlite({ folder })
    const commits = await manyCases(storage.log)
    const chosen = commits.filter((_each, index) => index % 24 === 3)
    for (let at = 0; at < chosen.length; at += 3) await storage.log.destroyBodies(chosen.slice(at, at + 3).map(toDestroy))
    const left = chosen.flatMap((each) => filesHolding(folder, nonceOf(each)))
    expect(left).toEqual([])
    await backupSqlite({ folder, to: join(folder, 'backup.db') })
    const kept = commits[100]
    if (!kept) throw new Error('no commit')
    expect(filesHolding(folder, nonceOf(kept))).toContain(join(folder, 'backup.db'))
    for (const each of chosen) expect(filesHolding(folder, nonceOf(each))).toEqual([])
    expect(await storage.log.readCase(kept.caseId, kept.commitNumber - 1, 1)).toEqual([kept])
    await storage.close()
  })

  it('[STO-99] while somebody reads the file it says that it is not done; asked again it is', async () => {
    const folder = newFolder()
    const storage = openSqlite({ folder })
    const one = commit(newCase(), 1)
    await storage.log.append([one])
    const reader = openDatabase(dataFile(folder))
    reader.execute('BEGIN')
    reader.prepare('SELECT count(*) FROM log_event').get([])
    await expect(storage.log.destroyBodies([toDestroy(one)])).rejects.toMatchObject({ problem: { kind: 'unavailable' } })
    expect((await storage.log.readCase(one.caseId, 0, 1))[0]?.events[0]?.encryptedBody).toBeUndefined()
    reader.execute('ROLLBACK')
    reader.close()
    await storage.log.destroyBodies([toDestroy(one)])
    expect(filesHolding(folder, nonceOf(one))).toEqual([])
    await storage.close()
  })

  it('[STO-99] what a server was killed over is finished by the next start', async () => {
    const folder = newFolder()
    const storage = openSqlite({ folder })
    const commits = await manyCases(storage.log)
    const [one] = commits
    if (!one) throw new Error('no commit')
    await storage.close()
    // As it stands when the row was written and the rest was not: the bytes may still lie in the log beside, or in unused parts of pages.
    const database = openDatabase(dataFile(folder))
    database.execute('PRAGMA secure_delete = OFF')
    database.execute(
      'UPDATE log_event SET encrypted_body = NULL WHERE (k, commit_number) = (SELECT k, 1 FROM log_event WHERE seq = 1 LIMIT 1)',
    )
    database.execute('INSERT INTO unswept (id) VALUES (1)')
    database.close()
    const again = openSqlite({ folder }, { starting })
    const gone = []
    for (const each of commits) {
      const [stored] = await again.log.readCase(each.caseId, each.commitNumber - 1, 1)
      if (!stored?.events[0]?.encryptedBody) gone.push(each)
    }
    expect(gone).toHaveLength(1)
    for (const each of gone) expect(filesHolding(folder, nonceOf(each))).toEqual([])
    expect(filesHolding(folder, nonceOf(commits[1_000] ?? one))).toEqual([dataFile(folder)])
    await again.close()
  })
})
