import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openLogFile } from './log-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'bitim-log-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('[CFG-11] the log goes on where it ended, is closed to others, and begins anew when it has grown', () => {
  const path = join(folder, 'logs/bitim.log')
  openLogFile(path)('{"one":1}\n')
  const write = openLogFile(path)
  write('{"two":2}\n')
  expect(readFileSync(path, 'utf8')).toBe('{"one":1}\n{"two":2}\n')
  expect([statSync(path).mode & 0o077, statSync(join(folder, 'logs')).mode & 0o077]).toEqual([0, 0])
  write(`${'x'.repeat(10_000_000)}\n`)
  write('{"three":3}\n')
  expect(readFileSync(path, 'utf8')).toBe('{"three":3}\n')
  expect(existsSync(`${path}.1`)).toBe(true)
  writeFileSync(path, 'x'.repeat(10_000_001))
  chmodSync(path, 0o600)
  openLogFile(path)('{"four":4}\n')
  expect(readFileSync(path, 'utf8')).toBe('{"four":4}\n')
})

it('[CFG-11] a log that cannot begin anew loses lines only until it can', () => {
  const path = join(folder, 'logs/full.log')
  mkdirSync(join(`${path}.1`, 'in-the-way'), { recursive: true })
  const write = openLogFile(path)
  write(`${'x'.repeat(10_000_001)}\n`)
  write('{"lost":1}\n')
  write('{"lost":2}\n')
  rmSync(`${path}.1`, { recursive: true })
  write('{"three":3}\n')
  expect(readFileSync(path, 'utf8')).toBe('{"three":3}\n')
})
