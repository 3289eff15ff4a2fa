import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commit, newCase } from '#server/storage/contracts/samples.ts'
import { backupSqlite } from './backup.ts'
import { dataFile, openSqlite } from './open-sqlite.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-modes-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

/** Every path below with its mode, as `keys/keys.db 600`. */
function modesIn(folder: string): string[] {
  return ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].map(
    (name) => `${name} ${(statSync(join(folder, name)).mode & 0o777).toString(8)}`,
  )
}

describe('what others on the machine may read', () => {
  let umask = 0
  beforeEach(() => {
    umask = process.umask(0)
  })
  afterEach(() => void process.umask(umask))

  it('[STA-30] nothing, under a loose umask: folder, data, log, lock, keys and copies are closed while the server runs', async () => {
    const folder = join(parent, 'new', 'data')
    const storage = openSqlite({ folder })
    await storage.keys.putIfAbsent('a', new Uint8Array(8))
    await storage.log.append([commit(newCase(), 1)])
    await backupSqlite({ folder, to: join(folder, 'copy.db') })
    const modes = modesIn(folder)
    expect(modes.filter((each) => !/^(\.|keys|backups) 700$| 600$/.test(each))).toEqual([])
    expect(modes.map((each) => each.split(' ')[0])).toEqual(
      expect.arrayContaining(['.', 'keys', 'bitim.db', 'bitim.db-wal', 'bitim.db-shm', 'lock.db', 'keys/keys.db', 'copy.db']),
    )
    await storage.close()
  })

  it('[STA-30] nor of a folder that was made open, before or by an earlier release', async () => {
    const folder = join(parent, 'open')
    await openSqlite({ folder }).close()
    mkdirSync(join(folder, 'backups'))
    for (const name of ['backups/old.db', 'keys/master.key']) writeFileSync(join(folder, name), '')
    for (const name of ['.', 'keys', 'backups']) chmodSync(join(folder, name), 0o755)
    for (const name of ['bitim.db', 'lock.db', 'keys/keys.db', 'keys/master.key', 'backups/old.db']) chmodSync(join(folder, name), 0o644)
    const storage = openSqlite({ folder })
    await storage.log.append([commit(newCase(), 1)])
    expect(modesIn(folder).filter((each) => !/^(\.|keys|backups) 700$| 600$/.test(each))).toEqual([])
    await storage.close()
  })

  it('[STA-31] a folder that everybody shares is refused, and stays as it is', () => {
    const shared = join(parent, 'shared')
    mkdirSync(shared)
    chmodSync(shared, 0o1777)
    writeFileSync(join(shared, 'theirs'), '')
    expect(() => openSqlite({ folder: shared })).toThrow(/is shared with everybody: give the server a folder of its own/)
    expect(statSync(shared).mode & 0o7777).toBe(0o1777)
    expect(() => statSync(dataFile(shared))).toThrow()
  })
})
