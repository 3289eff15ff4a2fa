import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  bytes,
  commit,
  entry,
  event,
  newCase,
  newCollection,
  newDocument,
  putFile,
  randomText,
  upTo,
} from '#server/storage/contracts/samples.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { backupSqlite } from './backup.ts'
import { openDatabase } from './database.ts'
import { dataFile, openSqlite } from './open-sqlite.ts'

const ALL = 1_000_000
const parent = mkdtempSync(join(tmpdir(), 'bitim-open-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const newFolder = () => mkdtempSync(join(parent, 'data-'))

describe('a full disk', () => {
  it('[STO-66] is answered unavailable with nothing half written, also to the probe, and all works again once there is room', async () => {
    const storage = openSqlite({ folder: newFolder() }, { maxPages: 60 })
    const caseId = newCase()
    const large = (commitNumber: number) =>
      commit(caseId, commitNumber, {
        events: [
          event({ seq: commitNumber * 2 - 1, encryptedBody: bytes(3000) }),
          event({ seq: commitNumber * 2, encryptedBody: bytes(3000) }),
        ],
      })
    let commitNumber = 1
    while ((await storage.log.append([large(commitNumber)]))[0] === 'stored') commitNumber++
    expect(commitNumber).toBeGreaterThan(3)
    expect(await storage.log.append([large(commitNumber), large(commitNumber + 1)])).toEqual(['unavailable', 'unavailable'])
    expect(await storage.drafts.append([entry(newDocument(), 1, { encrypted: bytes(50_000) })])).toEqual(['unavailable'])
    const refusal = { problem: { kind: 'unavailable' } }
    await expect(putFile(storage.files, asId<FileId>(randomText()), 50_000)).rejects.toMatchObject(refusal)
    await expect(storage.records.insert(newCollection(), 'id', randomText().repeat(3000))).rejects.toMatchObject(refusal)
    expect(await storage.log.headOf(caseId)).toBe(commitNumber - 1)
    expect((await storage.log.readAudience(caseId, 'all', 0, ALL)).map((each) => each.seq)).toEqual(upTo((commitNumber - 1) * 2))

    await expect(storage.probe()).rejects.toMatchObject(refusal)

    storage.limitPages(10_000)
    await storage.probe()
    const again = large(commitNumber)
    expect(await storage.log.append([again])).toEqual(['stored'])
    expect(await storage.log.readCase(caseId, commitNumber - 1, ALL)).toEqual([again])
    await storage.close()
  })

  it('[STO-67] what still fits is written though what came with it does not', async () => {
    const storage = openSqlite({ folder: newFolder() }, { maxPages: 60 })
    const [large, small] = [newCase(), newCase()]
    const answers = await Promise.all([
      storage.log.append([commit(large, 1, { events: [event({ encryptedBody: bytes(400_000) })] })]),
      storage.log.append([commit(small, 1)]),
    ])
    expect(answers).toEqual([['unavailable'], ['stored']])
    await storage.close()
  })
})

describe('the files on disk', () => {
  it('[STO-68] keys rest in a folder of their own, never in the data or its backup, and are overwritten when destroyed', async () => {
    const folder = newFolder()
    const storage = openSqlite({ folder })
    const wrapped = bytes(64)
    await storage.keys.putIfAbsent('case/audience', wrapped)
    await storage.log.append([commit(newCase(), 1)])
    const to = join(folder, 'copy.db')
    await backupSqlite({ folder, to })
    const files = (at: string) =>
      readdirSync(at)
        .map((name) => join(at, name))
        .filter((path) => statSync(path).isFile())
    const holds = (path: string, part: Buffer) => readFileSync(path).includes(part)
    const secret = Buffer.from(wrapped.subarray(8))
    expect(files(folder).filter((path) => holds(path, secret))).toEqual([])
    expect(files(join(folder, 'keys')).filter((path) => holds(path, secret))).toEqual([join(folder, 'keys', 'keys.db')])
    await storage.keys.destroy('case/audience')
    expect(files(join(folder, 'keys')).filter((path) => holds(path, secret))).toEqual([])
    await storage.close()
  })

  it('[STO-69] a backup taken while the server writes is one moment, whole, and opens as data', async () => {
    const folder = newFolder()
    const storage = openSqlite({ folder })
    const caseId = newCase()
    await storage.log.append(upTo(300).map((commitNumber) => commit(caseId, commitNumber)))
    let writing = true
    const writer = (async () => {
      for (let commitNumber = 301; writing; commitNumber++) await storage.log.append([commit(caseId, commitNumber)])
    })()
    const restored = newFolder()
    await backupSqlite({ folder, to: dataFile(restored) })
    writing = false
    await writer
    await expect(backupSqlite({ folder, to: dataFile(restored) })).rejects.toMatchObject({ problem: { kind: 'conflict' } })
    await expect(backupSqlite({ folder: restored, to: dataFile(folder) })).rejects.toMatchObject({ problem: { kind: 'conflict' } })
    await expect(backupSqlite({ folder: join(folder, 'none'), to: join(folder, 'x.db') })).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    })
    expect(existsSync(join(folder, 'none'))).toBe(false)
    const copy = openSqlite({ folder: restored })
    const commits = await copy.log.readCase(caseId, 0, ALL)
    expect(commits.length).toBeGreaterThanOrEqual(300)
    expect(commits).toEqual(await storage.log.readCase(caseId, 0, commits.length))
    expect(statSync(dataFile(restored)).mode & 0o077).toBe(0)
    await Promise.all([copy.close(), storage.close()])
  })

  it('[STO-70] data of a newer release and what is no data of ours is refused with a plain message', async () => {
    const folder = newFolder()
    await openSqlite({ folder }).close()
    const database = openDatabase(dataFile(folder))
    database.execute('PRAGMA user_version = 999')
    database.close()
    expect(() => openSqlite({ folder })).toThrow(/newer release/)
    rmSync(dataFile(folder))
    writeFileSync(dataFile(folder), 'this is no database '.repeat(500))
    expect(() => openSqlite({ folder })).toThrow()
    rmSync(dataFile(folder))
    await openSqlite({ folder }).close()
  })

  it('[STO-71] damage is noticed at opening', async () => {
    const folder = newFolder()
    const storage = openSqlite({ folder })
    const caseId = newCase()
    await storage.log.append(upTo(300).map((commitNumber) => commit(caseId, commitNumber)))
    await storage.close()
    const content = readFileSync(dataFile(folder))
    const middle = Math.floor(content.length / 8192) * 4096
    content.fill(0xee, middle, middle + 4096)
    writeFileSync(dataFile(folder), content)
    expect(() => openSqlite({ folder })).toThrow(/damaged|malformed/)
  })

  it('[STO-72] all that was stored is there after closing and opening again', async () => {
    const folder = newFolder()
    const first = openSqlite({ folder })
    const caseId = newCase()
    const written = commit(caseId, 1)
    const document = newDocument()
    const under = [first.log.append([written]), first.drafts.append([entry(document, 1)])]
    await first.close()
    expect(await Promise.all(under)).toEqual([['stored'], ['stored']])
    expect(await first.log.append([commit(caseId, 2)])).toEqual(['unavailable'])
    const second = openSqlite({ folder })
    expect(await second.log.readCase(caseId, 0, ALL)).toEqual([written])
    expect(await second.drafts.headOf(document)).toBe(1)
    await second.close()
  })
})

describe('the adapter around libsql', () => {
  it('[STO-73] values that would abort the process are refused before they reach it', () => {
    const database = openDatabase(':memory:')
    database.execute('CREATE TABLE t (a INTEGER, b)')
    const insert = database.prepare('INSERT INTO t VALUES (?, ?)')
    // Casts: the values that no type allows.
    for (const value of [true, undefined, {}, [1], () => 1, Number.NaN, 0.5, 'a\0b', '\udc00']) {
      expect(() => insert.run([1, value as unknown as string])).toThrow(TypeError)
    }
    expect(insert.run([2 ** 40, Buffer.from([1])])).toBe(1)
    expect(insert.run([7n, null])).toBe(1)
    expect(database.prepare('SELECT a, typeof(a), b FROM t ORDER BY a').all([])).toEqual([
      [7, 'integer', null],
      [2 ** 40, 'integer', Buffer.from([1])],
    ])
    database.close()
  })
})
