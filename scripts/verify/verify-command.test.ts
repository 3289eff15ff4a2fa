// The command as people run it: its own process, its exit code, its memory, and a reader that stops reading.
import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleSigning } from '#server/signing/bundle/sample-signing.ts'
import { filesOf } from '#server/signing/testing/forger.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { readSource } from './read-source.ts'

const COMMAND = join(import.meta.dirname, '../verify.mjs')
const clock = { now: () => Date.UTC(2026, 10, 22, 9, 0, 0) }
const entropy = { bytes: (count: number) => randomBytes(count) }
/** Says at the end how much memory the process had at most, since it became this program. */
const TELLS_MEMORY = `data:text/javascript,${encodeURIComponent(
  "import { readFileSync } from 'node:fs'; process.on('exit', () => process.stderr.write(readFileSync('/proc/self/status')))",
)}`
const MEGABYTE = 1024

const folder = mkdtempSync(join(tmpdir(), 'bitim-verify-'))
const bundle = join(folder, 'bundle.zip')
let files: readonly ZipFile[]
beforeAll(async () => {
  const sample = await sampleSigning({ clock, entropy })
  files = filesOf(sample.bundle)
  writeFileSync(bundle, sample.bundle)
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly exit: number
  readonly out: string
  readonly kilobytes: number
}

function verify(path: string): Promise<Ended> {
  const args = ['--import', TELLS_MEMORY, COMMAND, path, '--lang', 'en']
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { encoding: 'utf8' }, (_, out, told) =>
      resolve({ exit: child.exitCode ?? -1, out, kilobytes: Number(/VmHWM:\s*(\d+) kB/.exec(told)?.[1]) }),
    )
  })
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  return path
}

describe('the command', () => {
  it('[DOC-63] takes a folder, and neither follows a link out of it nor reads what is no file', async () => {
    for (const { name, bytes } of files) written(`unpacked/${name}`, bytes)
    const secret = written('secret.txt', utf8('of another'))
    symlinkSync(secret, join(folder, 'unpacked/link.txt'))
    symlinkSync(folder, join(folder, 'unpacked/signatures/up'))
    execFileSync('mkfifo', [join(folder, 'unpacked/pipe')])
    const { exit, out } = await verify(join(folder, 'unpacked'))
    expect(exit).toBe(5)
    expect(out).toContain('These are unpacked files')
    expect(out).toContain('nothing was changed')
    const source = await readSource(join(folder, 'unpacked'))
    expect(source.kind === 'folder' && source.files.map(({ name }) => name).sort()).toEqual(files.map(({ name }) => name).sort())
  }, 60_000)

  it('[DOC-63] a reader that stops reading is no fault: the exit code says what was found', () => {
    for (const reader of ['true', 'head -1']) {
      const line = `"${process.execPath}" "${COMMAND}" "${bundle}" --text | ${reader}; echo "exit \${PIPESTATUS[0]}" >&2`
      const told = execFileSync('bash', ['-c', `exec 2>&1; ${line}`], { encoding: 'utf8' })
      expect(told).toMatch(/exit 3\n$/)
      expect(told).not.toMatch(/EPIPE|Error|at .*node:/)
    }
  }, 60_000)

  it('[DOC-64] a file of sixty megabytes, whatever it holds, costs no more than 300 MB of memory', async () => {
    const large = randomBytes(60_000_000)
    const within = (name: string) => writeZip(files.map((file) => (file.name === name ? { name, bytes: large } : file)))
    const entries = Object.fromEntries([...files, { name: 'film.mp4', bytes: large }].map(({ name, bytes }) => [name, bytes]))
    const ways: readonly [string, Uint8Array, number][] = [
      ['no archive', large, 6],
      ['no archive that begins like a part', utf8('{"format": "bitim-chain/2", '.repeat(2_000_000)), 5],
      ['PDF', within('agreement.pdf'), 1],
      ['chain', within('chain.json'), 1],
      ['certificate', within('certificates/authority.pem'), 1],
      ['packed again', zipSync(entries, { level: 1 }), 5],
    ]
    for (const [what, bytes, expected] of ways) {
      const { exit, kilobytes } = await verify(written('large', bytes))
      expect(exit, what).toBe(expected)
      expect(kilobytes, what).toBeLessThanOrEqual(300 * MEGABYTE)
    }
  }, 120_000)

  it('[DOC-64] of what is larger than any bundle only the beginning is read', async () => {
    const path = written('huge', new Uint8Array())
    execFileSync('truncate', ['-s', '3G', path])
    const source = await readSource(path)
    expect(source.kind === 'file' && source.bytes.length).toBe(64 * 1024 * 1024 + 1)
  })
})
