import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { commit, newCase } from '#server/storage/contracts/samples.ts'
import { dataFile, openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { copyData, copyKeys, restoreData } from './copies.ts'

const folders: string[] = []
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bitim-copies-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function installation(): Promise<{ folder: string; caseId: ReturnType<typeof newCase> }> {
  const folder = newFolder()
  const storage = openSqlite({ folder })
  const caseId = newCase()
  await storage.records.insert('installation', 'epoch', { epoch: 1 })
  await storage.log.append([commit(caseId, 1)])
  await storage.projections.put('cases-1', [{ id: caseId, caseId, commitNumber: 1, value: 'line', lookups: {} }])
  await storage.keys.putIfAbsent('case/audience', new Uint8Array(48).fill(7))
  await storage.close()
  return { folder, caseId }
}

it('[OPS-1] data and keys are copied apart, closed to others, and nothing is overwritten', async () => {
  const { folder } = await installation()
  const place = newFolder()
  const to = { data: join(place, 'data.db'), keys: join(place, 'keys') }
  await copyData({ folder, to: to.data })
  await copyKeys({ folder, to: to.keys })
  expect(statSync(to.data).mode & 0o077).toBe(0)
  expect(statSync(join(to.keys, 'keys.db')).mode & 0o077).toBe(0)
  await expect(copyData({ folder, to: to.data })).rejects.toThrow(/exists already/)
  await expect(copyKeys({ folder, to: to.keys })).rejects.toThrow(/exists already/)
  await expect(copyData({ folder: place, to: join(place, 'x.db') })).rejects.toThrow(/no data/)
})

it('[OPS-2] [OPS-4] a restored installation has its data and keys, a higher epoch each time, and no projection', async () => {
  const { folder, caseId } = await installation()
  const place = newFolder()
  await copyData({ folder, to: join(place, 'data.db') })
  await copyKeys({ folder, to: join(place, 'keys') })
  const restored = newFolder()
  renameSync(join(place, 'keys'), join(restored, 'keys'))
  const first = await restoreData({ folder: restored, from: join(place, 'data.db'), now: 1_800_000_000_000 })
  const storage = openSqlite({ folder: restored })
  expect(await storage.log.headOf(caseId)).toBe(1)
  expect(await storage.keys.get('case/audience')).toEqual(new Uint8Array(48).fill(7))
  expect((await storage.records.get('installation', 'epoch'))?.value).toEqual({ epoch: first })
  expect(await storage.projections.tables()).toEqual([])
  await storage.close()
  rmSync(dataFile(restored))
  const second = await restoreData({ folder: restored, from: join(place, 'data.db'), now: 1_800_000_060_000 })
  expect(second).toBeGreaterThan(first)
})

it('[OPS-3] nothing is restored over data, nor beside missing keys', async () => {
  const { folder } = await installation()
  const place = newFolder()
  await copyData({ folder, to: join(place, 'data.db') })
  await expect(restoreData({ folder, from: join(place, 'data.db'), now: 0 })).rejects.toThrow(/still there/)
  const empty = newFolder()
  await expect(restoreData({ folder: empty, from: join(place, 'data.db'), now: 0 })).rejects.toThrow(/no keys/)
  expect(existsSync(dataFile(empty))).toBe(false)
})
