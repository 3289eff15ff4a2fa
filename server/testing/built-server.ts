// The server as production runs it, bundled once for a test and started as a process of its own: a start takes a fraction of a second.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../..')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves once it says that it is ready; rejects with what it printed when it ends before. */
  readonly ready: Promise<void>
}

export interface StartOptions {
  /** As somebody who is not root; only root can start it so. */
  readonly uid?: number
  /** A shell line that the server is started behind, such as `ulimit -f 0`. */
  readonly after?: string
  /** As it lies before its pages were built. */
  readonly bare?: boolean
}

export interface BuiltServer {
  start(env: Readonly<Record<string, string>>, options?: StartOptions): Started
  remove(): void
}

export async function buildServer(): Promise<BuiltServer> {
  mkdirSync(join(root, 'dist'), { recursive: true }) // beside node_modules, whose packages stay outside the bundle
  const folder = mkdtempSync(join(root, 'dist/test-'))
  chmodSync(folder, 0o755) // also for a server that is started as somebody else
  await build({
    entryPoints: [join(root, 'server/main.ts')], // without the threads' own file: nothing is written in a start
    outdir: join(folder, 'whole/server'),
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    plugins: [
      {
        name: 'own-code-inside',
        setup(plugin) {
          plugin.onResolve({ filter: /^[a-z@]/i }, (found) =>
            found.kind === 'entry-point' ? undefined : { path: found.path, external: true },
          )
        },
      },
    ],
  })
  cpSync(join(folder, 'whole/server'), join(folder, 'bare/server'), { recursive: true })
  mkdirSync(join(folder, 'whole/client'))
  writeFileSync(join(folder, 'whole/client/index.html'), '<!doctype html>')
  const children: ChildProcess[] = []
  return {
    start(env, options = {}) {
      const started = start(join(folder, options.bare ? 'bare' : 'whole', 'server/main.js'), env, options)
      children.push(started.child)
      return started
    },
    remove() {
      for (const child of children) child.kill('SIGKILL') // one that should have refused may still run
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function start(main: string, env: Readonly<Record<string, string>>, { uid, after }: StartOptions): Started {
  const words = after === undefined ? [process.execPath, main] : ['/bin/sh', '-c', `${after}; exec "${process.execPath}" "${main}"`]
  const [command = '', ...rest] = words
  const child = spawn(command, rest, {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  let stdout = ''
  let stderr = ''
  let said: () => void = () => undefined
  const isReady = new Promise<void>((resolve) => {
    said = resolve
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (stdout.includes('Bitim is ready')) said()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })))
  const early = ended.then((end) => {
    throw new Error(`${end.code}: ${end.stdout}${end.stderr}`)
  })
  const ready = Promise.race([isReady, early])
  ready.catch(() => undefined) // whoever waits for the end only is not bothered
  early.catch(() => undefined)
  return { child, ended, ready }
}
