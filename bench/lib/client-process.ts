// The load comes from a process of its own, so that it takes no time from the server. Calls go over the process channel, one at a time.
import { fork } from 'node:child_process'
import { root } from './paths.ts'

export interface ClientProcess {
  call<Answer>(name: string, input?: unknown): Promise<Answer>
  /** Told when the client says that its measured span begins or ends. */
  onMark(listener: (mark: 'start' | 'end') => void): void
  end(): void
}

type FromClient =
  | { readonly mark: 'start' | 'end' }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly fault: string }

export function startClient(file: string, execArgv: readonly string[] = []): ClientProcess {
  const child = fork(file, { cwd: root, execArgv: ['--import', 'tsx', '--max-old-space-size=8000', ...execArgv] })
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  let heard: (mark: 'start' | 'end') => void = () => undefined
  let next = 0
  child.on('message', (message: FromClient) => {
    if ('mark' in message) return heard(message.mark)
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if ('fault' in message) call?.reject(new Error(message.fault))
    else call?.resolve(message.answer as never) // the caller names the answer of what it calls
  })
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the client process ended'))
  })
  return {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        const id = ++next
        waiting.set(id, { resolve: resolve as (answer: never) => void, reject })
        child.send({ id, name, input })
      }),
    onMark: (listener) => {
      heard = listener
    },
    end: () => void child.kill('SIGKILL'),
  }
}

export type Calls = Readonly<Record<string, (input: never) => unknown>>

/** The client's side: answers calls by name. */
export function answerCalls(calls: Calls): void {
  process.on('message', ({ id, name, input }: { id: number; name: string; input: unknown }) => {
    Promise.resolve()
      .then(() => calls[name]?.(input as never)) // as the caller has typed it
      .then(
        (answer) => process.send?.({ id, answer }),
        (error: unknown) => process.send?.({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      )
  })
  process.on('disconnect', () => process.exit(0))
}

export function mark(what: 'start' | 'end'): void {
  process.send?.({ mark: what })
}
