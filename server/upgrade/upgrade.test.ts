// The data of 2.1 brought to the form of 2.2: cut off anywhere and gone on with, and the old form refused from then on.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { envToConfig } from '#server/config/config.ts'
import { openInstallation } from '#server/installation.ts'
import { isPlain, restingRecords } from '#server/storage/checkpoint/record-set.ts'
import { dueCipher } from '#server/storage/due-cipher.ts'
import { encryptRecords } from '#server/storage/encrypted-records.ts'
import type { RestingRecord, Storage } from '#server/storage/ports.ts'
import { encryptedValue, openRecordsKey, recordCipher } from '#server/storage/record-cipher.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'
import { setClock } from '#server/testing/clock.ts'
import { copyFixture } from '#server/testing/fixture.ts'
import { readDerivations } from './epochs.ts'
import { upgrade } from './upgrade.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-upgrade-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const system = realSystem()

function oldFolder(): string {
  const folder = mkdtempSync(join(parent, 'data-'))
  copyFixture('2026-11', folder)
  return folder
}

const configOf = (folder: string) => {
  const config = envToConfig({ DATA_FOLDER: folder })
  if (!config.ok) throw new Error(config.faults.join())
  return config.value
}

const starting = { now: system.clock.now, tell: () => undefined }

async function encryptedRecords({ inspection }: Storage): Promise<readonly RestingRecord[]> {
  const found: RestingRecord[] = []
  for await (const record of restingRecords(inspection)) if (!isPlain(record)) found.push(record)
  return found
}

/** A storage that fails at its nth rewriting of a record, as a process that is killed there. */
function failingAt(storage: Storage, nth: number): Storage {
  let count = 0
  const rewriteRecord: Storage['inspection']['rewriteRecord'] = (record, value) => {
    if (++count === nth) throw new Error('killed')
    return storage.inspection.rewriteRecord(record, value)
  }
  return { ...storage, inspection: { ...storage.inspection, rewriteRecord } }
}

describe('the way from 2.1', () => {
  it('[STA-32] goes on where it was cut off, loses nothing, and begins one epoch however often it was begun', async () => {
    const folder = oldFolder()
    const { storage: whole, secrets } = await openInstallation(configOf(oldFolder()), system)
    const { masterKey } = secrets // of the fixture: the same in each copy
    await whole.close()
    const storage = openSqlite({ folder }, { starting })
    const before = await encryptedRecords(storage)
    expect(before.length).toBeGreaterThan(10)
    const making = { keys: storage.keys, masterKey, entropy: system.entropy }
    const reading = encryptRecords(storage.records, { ...making, acceptsOldForm: () => true })
    const values = async () =>
      Promise.all(before.map(async ({ collection, id }) => JSON.stringify((await reading.get(collection, id))?.value)))
    const plain = await values()
    const recordsKey = await openRecordsKey(making)
    const cipher = recordCipher(recordsKey, system.entropy, () => true)
    const clock = setClock()
    const common = { records: reading, recordCipher: cipher, dueCipher: dueCipher(recordsKey, system.entropy), clock, isNew: false }
    const epochs = new Set<number>()
    for (const nth of [1, 3, before.length - 5]) {
      const deps = { ...common, storage: failingAt(storage, nth) }
      await expect(upgrade(deps)).rejects.toThrow('killed')
      epochs.add((await storage.records.get<{ epoch: number }>('installation', 'epoch'))?.value.epoch ?? 0)
      clock.set(clock.now() + 60_000)
      expect(await values()).toEqual(plain)
    }
    const done = await upgrade({ ...common, storage })
    expect([...epochs]).toEqual([done.epoch])
    expect(done.derivations).toEqual([
      { from: 1, derivation: 0 },
      { from: done.epoch, derivation: 1 },
    ])
    expect(await values()).toEqual(plain)
    const after = await encryptedRecords(storage)
    expect(after.every(({ value }) => encryptedValue(value).stamp !== undefined)).toBe(true)
    for (const { collection, id, unique, index } of before)
      expect(after.find((each) => each.collection === collection && each.id === id)).toMatchObject({ unique, index })
    await storage.close()
    const opened = await openInstallation(configOf(folder), system)
    expect(opened.epoch).toBe(done.epoch)
    await opened.storage.close()
  })

  it('[IDE-35] what was to end before there were due steps gets its step, once; people’s devices get none', async () => {
    const { storage, records, recordsKey } = await openInstallation(configOf(oldFolder()), system)
    const cipher = dueCipher(recordsKey, system.entropy)
    const owners = (await records.all<{ owner: { kind: string } }>('sessions')).map(({ value }) => value.owner.kind)
    const count = async (collection: string) => (await records.all(collection)).length
    const tasks = (await storage.inspection.dueSteps('', 1_000)).map((step) => cipher.decrypt(step))
    const ofKind = (kind: string) => tasks.filter((task) => task.kind === kind).length
    expect(owners).toContain('person')
    expect(ofKind('identity/session-ended')).toBe(owners.filter((kind) => kind === 'staff').length)
    expect(ofKind('identity/code-ended')).toBe(await count('one-time-codes'))
    expect(ofKind('identity/link-ended')).toBe(await count('welcome-links'))
    expect(ofKind('signing/confirmation-ended')).toBe(await count('signing-confirmations'))
    expect(ofKind('identity/session-ended')).toBeGreaterThan(0)
    expect(ofKind('identity/code-ended')).toBeGreaterThan(0)
    await storage.close()
  })

  it('[STA-33] once it is done a record in the old form is refused, also by the next start', async () => {
    const folder = oldFolder()
    const untouched = openSqlite({ folder: oldFolder() }, { starting })
    const [old] = (await encryptedRecords(untouched)).filter(({ collection }) => collection === 'invitations')
    await untouched.close()
    if (!old) throw new Error('the fixture has invitations')
    const first = await openInstallation(configOf(folder), system)
    const table = await readDerivations(first.records)
    const now = await first.storage.records.get<unknown>(old.collection, old.id)
    await first.storage.inspection.rewriteRecord({ ...old, version: now?.version ?? 0 }, old.value)
    await expect(first.records.get(old.collection, old.id)).rejects.toThrow('a form of before 2.2')
    await first.storage.close()
    await expect(openInstallation(configOf(folder), system)).rejects.toThrow(`record invitations/${old.id}: changed`)
    expect(table).toHaveLength(2)
  })

  it('[STA-32] a new installation begins with derived keys in its first epoch', async () => {
    const folder = mkdtempSync(join(parent, 'new-'))
    const { epoch, derivationOf, storage } = await openInstallation(configOf(folder), system)
    expect([epoch, derivationOf(1), derivationOf(2)]).toEqual([1, 1, 1])
    await storage.close()
    const again = await openInstallation(configOf(folder), system)
    expect(again.epoch).toBe(1)
    await again.storage.close()
  })
})
