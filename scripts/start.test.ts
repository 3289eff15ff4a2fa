// npm start and npm run demo as people run them, on a copy of the project: what is built there disturbs nobody.
import { type ChildProcess, spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'bitim-start-'))
const running: ChildProcess[] = []
beforeAll(() => {
  const sources = [
    'shared',
    'server',
    'client',
    'scripts',
    'deploy',
    'package.json',
    'package-lock.json',
    'vite.config.ts',
    'tsconfig.base.json',
  ]
  for (const name of sources) cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map(stopped))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('close', () => resolve())
    child.kill('SIGTERM')
  })
}

interface Run {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

function start(words: readonly string[], env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, [join(copy, 'scripts/start.mjs'), ...words], {
    cwd: copy,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return { child, output: () => output, ended: new Promise((resolve) => child.once('close', resolve)) }
}

const isReady = { timeout: 110_000 }
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)
const boxOf = (text: string) => text.slice(text.indexOf('╭'))

const partsOfSigning = () => readdirSync(join(copy, 'dist/client/assets')).filter((name) => /^SigningPanel-.*\.js$/.test(name))

async function port(): Promise<{ number: number; close: () => void }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { number: typeof address === 'object' && address ? address.port : 0, close: () => server.close() }
}

describe('npm start', () => {
  it('[STA-80] [STA-81] [STA-82] [UI-80] builds once, says little, and ends with the ways in, framed; another change builds again', {
    timeout: 240_000,
  }, async () => {
    const first = start(['--no-open'], { PORT: '0' })
    await expect.poll(first.output, isReady).toMatch(/╰─+╯\n$/)
    expect(first.output()).toContain('Building…')
    expect(first.output().split('\n').length).toBeLessThan(12)
    expect(first.output()).not.toMatch(/\{"|assets\//)
    expect(first.output()).toContain('logs/bitim.log')
    expect(boxOf(first.output())).toMatch(/^╭─+╮\n│ Bitim is ready: http:\S+ +│\n[\s\S]*\/setup#\S+ +│\n[\s\S]*╰─+╯\n$/)
    expect(statSync(join(copy, 'logs/bitim.log')).mode & 0o077).toBe(0)
    await stopped(first.child)

    // a checkout gives every file another time
    utimesSync(join(copy, 'server/main.ts'), new Date(), new Date())
    const again = start(['--no-open'], { PORT: '0' })
    await expect.poll(again.output, isReady).toMatch(/╰─+╯\n$/)
    expect(again.output()).not.toContain('Building')
    await stopped(again.child)

    const before = partsOfSigning()
    appendFileSync(join(copy, 'client/signing/SigningPanel.tsx'), "\nconsole.debug('another version')\n")
    const changed = start(['--no-open'], { PORT: '0' })
    await expect.poll(changed.output, isReady).toContain('Building')
    await expect.poll(changed.output, isReady).toMatch(/╰─+╯\n$/)

    // a page of the version before opens a part that it had not opened yet
    const now = partsOfSigning()
    expect(now).toHaveLength(2)
    const address = /ready: (\S+)/.exec(changed.output())?.[1]?.replace('localhost', '127.0.0.1')
    for (const part of [...before, ...now]) {
      const answer = await fetch(`${address}/assets/${part}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')])
    }
  })

  it('[STA-83] a port that is taken is said before anything is built, with the command that works', async () => {
    const { number, close } = await port()
    rmSync(join(copy, 'dist/.built'), { force: true })
    const refused = start([], { PORT: String(number) })
    expect(await refused.ended).toBe(2)
    expect(refused.output()).toContain(`Port ${number} is taken`)
    expect(refused.output()).not.toContain('Building')
    const [, other] = /PORT=(\d+) npm start/.exec(refused.output()) ?? []
    expect(Number(other)).toBeGreaterThan(number)
    const demo = start(['--demo'], { PORT: String(number) })
    expect(await demo.ended).toBe(2)
    expect(demo.output()).toMatch(/PORT=\d+ npm run demo$/m)
    const again = start(['--demo', '--fresh', '--no-open'], { PORT: String(number) })
    expect(await again.ended).toBe(2)
    expect(again.output()).toMatch(/PORT=\d+ npm run demo -- --fresh --no-open$/m)
    close()
  })

  it('[STA-84] the demo begins anew in a new folder, and what was there before lies beside it whole', { timeout: 240_000 }, async () => {
    const demo = start(['--demo'], { PORT: '0' })
    await expect.poll(demo.output, isReady).toMatch(/╰─+╯\n$/)
    expect(boxOf(demo.output()).match(/\/join#\S+/g)).toHaveLength(2)
    const caseOf = (output: string) => /\/room\/(\S+)/.exec(output)?.[1]
    const held = start(['--demo', '--fresh'], { PORT: '0' })
    expect(await held.ended).toBe(2)
    expect(held.output()).toMatch(/a server is running on the data folder/)
    await stopped(demo.child)

    const fresh = start(['--demo', '--fresh'], { PORT: '0' })
    await expect.poll(fresh.output, isReady).toMatch(/╰─+╯\n$/)
    expect(caseOf(fresh.output())).not.toBe(caseOf(demo.output()))
    const [aside = ''] = readdirSync(join(copy, 'data')).filter((name) => name.startsWith('demo-until-'))
    expect(existsSync(join(copy, 'data', aside, 'bitim.db'))).toBe(true)
    expect(fresh.output()).toContain(`data/${aside}`)
  })

  it('[STA-84] a real installation is never moved: what is asked in vain is said, and nothing starts', async () => {
    const real = start(['--fresh'], { PORT: '0' })
    expect(await real.ended).toBe(2)
    expect(real.output()).toContain('npm run demo -- --fresh')
    const unknown = start(['--fresch'], { PORT: '0' })
    expect(await unknown.ended).toBe(2)
    expect(lastLine(unknown.output())).toContain('--fresh')
  })

  it('[STA-85] a build that fails says why, and nothing starts', async () => {
    const file = join(copy, 'client/main.tsx')
    const whole = readFileSync(file, 'utf8')
    appendFileSync(file, '\nimport { nothing } from "./nowhere.ts"\nnothing()\n')
    const failed = start([], { PORT: '0' })
    expect(await failed.ended).toBe(1)
    expect(failed.output()).toMatch(/nowhere\.ts[\s\S]*The build has failed/)
    cpSync(join(root, 'client/main.tsx'), file)
    expect(readFileSync(file, 'utf8')).toBe(whole)
  })
})
