// The built platform as a process of its own, on a folder and a port of its own, to be started, killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Platform {
  readonly url: string
  readonly folder: string
  /** All that the process has printed, over all its lives. */
  readonly output: () => string
  /** `kill -9`, then the same folder and port again. */
  restart(): Promise<void>
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const main = join(import.meta.dirname, '../dist/server/main.js')

export async function startPlatform(env: Readonly<Record<string, string>> = {}): Promise<Platform> {
  const folder = mkdtempSync(join(tmpdir(), 'bitim-e2e-'))
  const port = await freePort()
  let printed = ''
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    const from = printed.length
    const life = spawn(process.execPath, ['--enable-source-maps', main], {
      env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'info', ...storageEnv(), ...env, PORT: String(port), DATA_FOLDER: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = life
    const keep = (bytes: Buffer) => {
      printed += bytes.toString()
    }
    life.stdout.on('data', keep)
    life.stderr.on('data', keep)
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!printed.slice(from).includes('Bitim is ready')) return
        life.stdout.off('data', look)
        resolve()
      }
      life.stdout.on('data', look)
      life.once('exit', (code) => reject(new Error(`the platform ended with ${code}:\n${printed.slice(from)}`)))
    })
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const life = child
    child = undefined
    if (!life || life.exitCode !== null) return
    await new Promise<void>((resolve) => {
      life.once('exit', () => resolve())
      life.kill(signal)
    })
  }

  await start()
  return {
    url: `http://localhost:${port}`,
    folder,
    output: () => printed,
    start,
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGKILL')
      await start()
    },
    async stop() {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same day on MongoDB, when an address is given; each run in databases of its own. */
function storageEnv(): Record<string, string> {
  const base = process.env.TEST_MONGODB_URI
  if (base === undefined || process.env.E2E_STORAGE !== 'mongo') return {}
  return mongoOf(base)
}

let mongo: Record<string, string> | undefined
function mongoOf(base: string): Record<string, string> {
  const name = `bitim_e2e_${process.pid}_${Date.now()}`
  mongo ??= {
    MONGODB_URI: base.replace(/\/[^/?]*(\?|$)/, `/${name}$1`),
    MONGODB_KEYS_URI: base.replace(/\/[^/?]*(\?|$)/, `/${name}_keys$1`),
    BITIM_MASTER_KEY: '0123456789abcdef'.repeat(4),
  }
  return mongo
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
