// What an installation's commands print: whatever a line carries, it stays one line that can be read.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { visibleText } from '#shared/kernel/text/visible-text.ts'
import { visibleLine } from './print.mjs'

const COMMANDS = ['authority', 'backup', 'log-verify', 'owner-link', 'prepare', 'rebuild', 'restore', 'start', 'verify'] as const
const folder = mkdtempSync(join(tmpdir(), 'bitim-print-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What a name may bring: a cleared screen, a line of its own, a turned direction, something unseen. */
const HOSTILE = 'a\u001b[2J\u001b[32m\nwhole\u202e\u200b\u3164'
const SHOWN = 'a\\u{1b}[2J\\u{1b}[32m\\u{a}whole\\u{202e}\\u{200b}\\u{3164}'

function run(command: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [`scripts/${command}.mjs`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATA_FOLDER: join(folder, HOSTILE), MONGODB_URI: '' },
  })
  return stdout + stderr
}

describe('what commands print', () => {
  it('[DOC-183] is made visible by the same rule as what a file says, character by character', () => {
    for (let from = 0; from < 0x110000; from += 0x1000) {
      const stretch = Array.from({ length: 0x1000 }, (_, at) => `${String.fromCodePoint(from + at)} `).join('')
      expect(visibleLine(stretch) === visibleText(stretch), from.toString(16)).toBe(true)
    }
    expect(visibleLine(HOSTILE)).toBe(SHOWN)
  })

  it.each(COMMANDS)('[DOC-183] goes through one place: %s', (command) => {
    expect(readFileSync(`scripts/${command}.mjs`, 'utf8')).not.toMatch(/console\.|process\.std(out|err)\.write/)
  })

  it.each([
    ['backup', ['data', 'copy']],
    ['restore', [HOSTILE]],
    ['log-verify', []],
    ['rebuild', ['projections']],
    ['owner-link', []],
  ] as const)('[DOC-183] a path that would command a terminal is printed harmless: %s', (command, args) => {
    const out = run(command, ...args)
    expect(out).toContain(SHOWN)
    for (const hidden of ['\u001b', '\u202e', '\u200b', '\u3164', '\nwhole']) expect(out).not.toContain(hidden)
  })
})
