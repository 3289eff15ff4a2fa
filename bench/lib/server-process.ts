// Starts a server, ours or a peer's, as a process of its own and waits until it says where it listens.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from './paths.ts'

export interface ServerProcess {
  readonly pid: number
  readonly url: string
  /** As an operator stops it: drained, everything written. */
  stop(): Promise<void>
  /** `kill -9`. */
  kill(): Promise<void>
  /** Asks for a garbage collection, where the command was started with `--expose-gc`. */
  collect(): void
  /** Milliseconds of the longest time that its event loop was held since this was asked last; of a server of ours alone. */
  longestHold(): Promise<number>
}

const READY = /(?:Bitim is ready: |ready )(http:\/\/\S+)/
const HELD = /^longest hold ([\d.]+)$/

export async function startServer(command: readonly string[], env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const [file = 'node', ...args] = command
  const child = spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const reap = () => child.kill('SIGKILL')
  process.once('exit', reap)
  child.once('exit', () => process.off('exit', reap))
  const holds: ((milliseconds: number) => void)[] = []
  const url = await listening(child, (milliseconds) => holds.shift()?.(milliseconds))
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
  return {
    pid: child.pid ?? 0,
    url: url.replace('localhost', '127.0.0.1'),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    collect: () => void child.kill('SIGUSR2'),
    longestHold: () =>
      new Promise((resolve) => {
        holds.push(resolve)
        child.kill('SIGPWR')
      }),
  }
}

function listening(child: ChildProcess, onHold: (milliseconds: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`the server ended before it was ready: ${code ?? signal}`)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = READY.exec(line)?.[1]
      const held = HELD.exec(line)?.[1]
      if (found) resolve(found)
      else if (held) onHold(Number(held))
      else if (line.startsWith('{')) process.stderr.write(`${line.slice(0, 600)}\n`) // what a server notes as an error
    })
  })
}
