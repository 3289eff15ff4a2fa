import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openStorage } from './open.ts'
import { dataFile } from './sqlite/open-sqlite.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-choice-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

describe('choosing a storage', () => {
  it('[STO-90] without an address of MongoDB the data folder is used, and made where it is missing', async () => {
    const dataFolder = join(parent, 'new', 'data')
    const storage = await openStorage({ dataFolder })
    expect(existsSync(dataFile(dataFolder))).toBe(true)
    await storage.close()
  })

  it('[STO-91] an address that cannot be used is an error, never a silent fall back to the data folder', async () => {
    const dataFolder = join(parent, 'unused')
    await expect(openStorage({ mongoUri: 'not-an-address', dataFolder })).rejects.toMatchObject({ problem: { kind: 'unavailable' } })
    expect(existsSync(dataFolder)).toBe(false)
  })
})
