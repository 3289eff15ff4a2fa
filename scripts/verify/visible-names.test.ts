// A bundle may come from anybody, and its names with it: nothing in it may command a terminal or deceive an eye.
import { randomBytes, webcrypto } from 'node:crypto'
import { zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { type SampleSigning, sampleSigning } from '#server/signing/bundle/sample-signing.ts'
import { filesOf } from '#server/signing/testing/forger.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { visibleLines, visibleText } from '#shared/kernel/text/visible-text.ts'
import { writeZip } from '#shared/signing/bundle/stored-zip.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { runVerify } from './run-verify.ts'

const clock = { now: () => Date.UTC(2026, 10, 22, 9, 0, 0) }
const entropy = { bytes: (count: number) => randomBytes(count) }

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
/** What a terminal obeys, what turns the direction of a line, and what nobody sees. */
const HIDDEN: Readonly<Record<string, readonly number[]>> = {
  'control characters of seven bits': [...range(0x00, 0x1f), 0x7f],
  'control characters of eight bits': range(0x80, 0x9f),
  directions: [0x061c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)],
  'what has no width': [0x00ad, 0x034f, 0x180e, 0x200b, 0x200c, 0x200d, ...range(0x2060, 0x2064), 0xfeff],
  'ends of lines': [0x2028, 0x2029],
  'blanks that are letters': [0x115f, 0x1160, 0x2800, 0x3164, 0xffa0],
  'selectors and tags': [...range(0xfe00, 0xfe0f), 0xe0001, ...range(0xe0020, 0xe007f), 0xe0100, 0xe01ef],
  'private use and what is no character': [0xe000, 0xf8ff, 0xfff9, 0xfffb, 0xffff, 0x10ffff],
}
const hidden = Object.values(HIDDEN).flat()
const characters = hidden.map((code) => String.fromCodePoint(code))
const shownAs = (code: number) => `\\u{${code.toString(16)}}`

let sample: SampleSigning
beforeAll(async () => {
  sample = await sampleSigning({ clock, entropy })
})

async function print(bytes: Uint8Array, ...args: string[]): Promise<string> {
  const lines: string[] = []
  const readSource = async () => ({ kind: 'file' as const, bytes })
  await runVerify({ args: ['bundle.zip', '--lang', 'en', ...args], environmentLanguage: '', readSource, print: (line) => lines.push(line) })
  return lines.join('\n')
}

function expectHarmless(out: string): void {
  for (const [i, character] of characters.entries()) {
    if (character !== '\n') expect(out.includes(character), shownAs(hidden[i] ?? 0)).toBe(false)
  }
}

describe('what a file says', () => {
  it.each(Object.entries(HIDDEN))('[DOC-62] %s are shown as what they are', (_, codes) => {
    for (const code of codes) expect(visibleText(`a${String.fromCodePoint(code)}b`)).toBe(`a${shownAs(code)}b`)
  })

  it('[DOC-62] half a character is shown as what it is, and what people write stays as it is', () => {
    expect(visibleText('\ud800')).toBe('\\u{d800}')
    for (const text of ['Өмірбек Ұлжан Һәмитқызы', '«Ақжол» ЖШС, № 12 — 1 250 000 ₸', 'за́мок', "O'Neil & Söhne", '王明', ''])
      expect(visibleText(text)).toBe(text)
    expect(visibleLines('а\n\tб\n')).toBe('а\n\\u{9}б\n')
  })

  it('[DOC-62] names of parts that would command a terminal are printed harmless, and can be read', async () => {
    const extra = hidden.map((code) => ({ name: `x${String.fromCodePoint(code)}y`, bytes: utf8('') }))
    const screen = { name: 'a\u001b[2J\u001b[H\u001b[32mVALID. Nothing was changed\u001b[8m', bytes: utf8('') }
    const zip = writeZip([...filesOf(sample.bundle), ...extra, screen])
    for (const args of [[], ['--json'], ['--text']]) {
      const out = await print(zip, ...args)
      expectHarmless(out)
      for (const code of hidden) expect(out).toContain(args[0] === '--json' ? `x\\${shownAs(code)}y` : `x${shownAs(code)}y`)
      expect(out.split('\n').some((line) => line.startsWith('VALID'))).toBe(false)
    }
    const packed = zipSync(Object.fromEntries([...filesOf(sample.bundle), screen].map(({ name, bytes }) => [name, bytes])))
    expectHarmless(await print(packed))
  })

  it('[DOC-62] an authority that calls itself so is printed harmless, whatever else is true of it', async () => {
    const authorityName = characters.slice(0, 40).join('')
    const made = await sampleSigning({ clock, entropy, authorityName })
    expect((await verifyBundle(webcrypto.subtle, made.bundle)).authority?.name).toContain('\\u{1b}')
    expectHarmless(await print(made.bundle))
  })

  it('[DOC-62] the name under which a file was asked for is printed harmless', async () => {
    const lines: string[] = []
    const readSource = () => Promise.reject(new Error('no such file'))
    await runVerify({ args: [characters.join('')], environmentLanguage: '', readSource, print: (line) => lines.push(line) })
    expectHarmless(lines.join(''))
  })
})
