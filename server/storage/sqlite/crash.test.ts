import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { commit, newCase } from '#server/storage/contracts/samples.ts'
import { StorageLockedError } from '#server/storage/failure.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { openDatabase } from './database.ts'
import { dataFile, openSqlite } from './open-sqlite.ts'

const ALL = 1_000_000

describe('a process that is killed', () => {
  const parent = mkdtempSync(join(tmpdir(), 'bitim-crash-'))
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })
  afterAll(() => rmSync(parent, { recursive: true, force: true }))

  function startChild() {
    const [logCase, draftCase] = [newCase(), newCase()]
    const folder = mkdtempSync(join(parent, 'data-'))
    const script = join(import.meta.dirname, '../../testing/append-until-killed.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, logCase, draftCase], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    /** Whole lines only: the last one may have been cut by the kill. */
    const acknowledged = () => output.split('\n').slice(0, -1)
    const numbers = (name: string) =>
      acknowledged()
        .filter((line) => line.startsWith(`${name} `))
        .map((line) => Number(line.split(' ')[1]))
    return { child, folder, logCase, draftCase, acknowledged, numbers }
  }

  function killed(child: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      child.once('close', () => resolve())
      child.kill('SIGKILL')
    })
  }

  it('[STO-60] what was acknowledged is there after kill -9, dense, and the folder is free again', async () => {
    const { child, folder, logCase, draftCase, acknowledged, numbers } = startChild()
    await vi.waitFor(() => expect(acknowledged().length).toBeGreaterThan(400), { timeout: 15_000, interval: 5 })
    await killed(child)
    expect(acknowledged().every((line) => line.endsWith(' stored'))).toBe(true)
    const storage = openSqlite({ folder })
    const commits = await storage.log.readCase(logCase, 0, ALL)
    const entries = await storage.drafts.read({ caseId: draftCase, documentId: settlementOf(draftCase).id }, 0, ALL)
    expect(commits.map((each) => each.commitNumber)).toEqual(commits.map((_, i) => i + 1))
    expect(entries.map((each) => each.revision)).toEqual(entries.map((_, i) => i + 1))
    expect(commits.length).toBeGreaterThanOrEqual(Math.max(...numbers('log')))
    expect(entries.length).toBeGreaterThanOrEqual(Math.max(...numbers('draft')))
    expect(await storage.log.append([commit(logCase, commits.length + 1)])).toEqual(['stored'])
    await storage.close()
  })

  it('[STO-168] a file that was being written is whole or not there, and what was acknowledged is whole', async () => {
    const { child, folder, acknowledged } = startChild()
    const written = () => acknowledged().flatMap((line) => /^file (\S+) stored$/.exec(line)?.[1] ?? [])
    await vi.waitFor(() => expect(written().length).toBeGreaterThan(20), { timeout: 15_000, interval: 5 })
    await killed(child)
    const storage = openSqlite({ folder })
    const ids = await storage.inspection.fileIds()
    expect(ids).toEqual(expect.arrayContaining(written()))
    for (const id of ids) {
      const found = await storage.files.read(id)
      let count = 0
      for await (const piece of found?.form === 'pieces' ? found.pieces() : []) if (piece.length === 3_000) count++
      expect(count).toBe(12)
    }
    await storage.files.removeAbandoned(ALL)
    expect(await storage.inspection.strays()).toEqual([])
    const data = openDatabase(dataFile(folder))
    expect(data.prepare('SELECT count(*) FROM file_piece').get([])).toEqual([ids.length * 12])
    data.close()
    await storage.close()
  })

  it('[STO-61] a second process on the same folder is told plainly, and the first is not disturbed', async () => {
    const { child, folder, acknowledged } = startChild()
    await vi.waitFor(() => expect(acknowledged().length).toBeGreaterThan(10), { timeout: 15_000, interval: 5 })
    expect(() => openSqlite({ folder })).toThrow(StorageLockedError)
    const before = acknowledged().length
    await vi.waitFor(() => expect(acknowledged().length).toBeGreaterThan(before + 100), { timeout: 15_000, interval: 5 })
    await killed(child)
  })

  it('[STO-61] a second storage in the same process is refused too, until the first is closed', async () => {
    const folder = mkdtempSync(join(parent, 'data-'))
    const first = openSqlite({ folder })
    expect(() => openSqlite({ folder })).toThrow(StorageLockedError)
    expect(() => openSqlite({ folder })).toThrow(folder)
    await first.close()
    await first.close()
    await openSqlite({ folder }).close()
  })
})
