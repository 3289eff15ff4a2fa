import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { compressFolder } from './vite-compress.ts'

const folder = mkdtempSync(join(tmpdir(), 'compress-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('[HTTP-24] every text of the client is written twice more, the same after reading; pictures, fonts and what gains nothing are not', async () => {
  const code = 'export const words = ["one", "two"]\n'.repeat(200)
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), code)
  writeFileSync(join(folder, 'assets', 'onest-1a2b.woff2'), code)
  writeFileSync(join(folder, 'icon-192.png'), code)
  writeFileSync(join(folder, 'tiny.json'), '{}')
  await compressFolder(folder)
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
    'assets',
    'assets/app-1a2b.js',
    'assets/app-1a2b.js.br',
    'assets/app-1a2b.js.gz',
    'assets/onest-1a2b.woff2',
    'icon-192.png',
    'tiny.json',
  ])
  expect(brotliDecompressSync(readFileSync(join(folder, 'assets', 'app-1a2b.js.br'))).toString()).toBe(code)
  expect(gunzipSync(readFileSync(join(folder, 'assets', 'app-1a2b.js.gz'))).toString()).toBe(code)
})
