import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { registerStorageContract } from '#server/storage/contracts/storage-contract.ts'
import { openSqlite } from './open-sqlite.ts'

describe('SQLite in memory', () => {
  registerStorageContract({ open: async () => openSqlite({ memory: true }) })
})

describe('SQLite on disk', () => {
  const parent = mkdtempSync(join(tmpdir(), 'bitim-storage-'))
  afterAll(() => rmSync(parent, { recursive: true, force: true }))
  registerStorageContract({ open: async () => openSqlite({ folder: mkdtempSync(join(parent, 'data-')) }) })
})
