// The only way to do heavy work: threads of bounded memory and time, shared by all cases in turns. A task that hangs or kills its thread
// costs one thread for its time and rests afterwards; a warm thread stands ready for the next case.
import type { Timers } from '#shared/kernel/clock.ts'
import { BackOff, type BackOffTimes } from './back-off.ts'
import { FairQueue } from './fair-queue.ts'
import { type Priority, type TaskDefinition, WorkerFailure } from './task.ts'
import type { SpawnThread, Thread } from './thread.ts'

export interface WorkerPool {
  /** `key`: the case. Rejects with a WorkerFailure. `timeout` overrides the definition's. */
  run<Input, Output>(task: TaskDefinition<Input, Output>, key: string, input: Input, timeout?: number): Promise<Output>
  close(): Promise<void>
}

export interface WorkerPoolDeps {
  readonly timers: Timers
  readonly spawn: SpawnThread
  /** Busy at once; one more stands ready, and serves short tasks when these are all busy. */
  readonly threads?: number
  readonly waitingPerKey?: number
  readonly waitingInAll?: number
  /** A thread holds some fifty megabytes. */
  readonly idleMs?: number
  readonly backOff?: Partial<BackOffTimes>
}

interface Waiting {
  readonly key: string
  readonly name: string
  readonly priority: Priority
  readonly input: unknown
  readonly timeout: number
  readonly resolve: (result: never) => void
  readonly reject: (failure: WorkerFailure) => void
}

type WorkerState =
  | { readonly kind: 'starting'; readonly stopClock: () => void }
  | { readonly kind: 'free' }
  | { readonly kind: 'busy'; readonly id: number; readonly task: Waiting; stopClock: () => void }

interface Worker {
  readonly thread: Thread
  state: WorkerState
}

const IDLE_MS = 10_000
const START_MS = 30_000
/** Threads that cannot even start, one after the other, before those who wait are told. */
const MAX_FALSE_STARTS = 3

export function openWorkerPool(deps: WorkerPoolDeps): WorkerPool {
  const { timers, spawn, threads = 2, idleMs = IDLE_MS } = deps
  const queue = new FairQueue<Waiting>({ perKey: deps.waitingPerKey ?? 32, inAll: deps.waitingInAll ?? 1_000 })
  const backOff = new BackOff(timers, deps.backOff)
  const workers = new Set<Worker>()
  let nextId = 1
  let falseStarts = 0
  let stopIdle: (() => void) | undefined
  let closed = false

  const busy = () => [...workers].filter(({ state }) => state.kind === 'busy').length

  function serve(): void {
    if (closed) return
    for (const worker of workers) {
      if (worker.state.kind !== 'free') continue
      const task = nextTask()
      if (!task) break
      begin(worker, task)
    }
    keepReady()
  }

  function nextTask(): Waiting | undefined {
    const running = busy()
    while (running <= threads) {
      const task = queue.take(running < threads ? 'common' : 'reserve')
      if (!task || !backOff.rests(restOf(task.key, task.name))) return task
      queue.done(task.key)
      task.reject(new WorkerFailure('resting', task.name)) // asked for before the harm was done
    }
    return undefined
  }

  function begin(worker: Worker, task: Waiting): void {
    const id = nextId++
    const state = { kind: 'busy' as const, id, task, stopClock: timers.after(task.timeout, lastLook) }
    worker.state = state
    worker.thread.run(id, task.name, task.input)

    /** When this process itself was late, the answer has come and waits to be read: that is done before the thread is ended. */
    function lastLook(): void {
      state.stopClock = timers.after(1, () => {
        if (worker.state === state) lose(worker, new WorkerFailure('timeout', task.name))
      })
    }
  }

  function answered(worker: Worker, id: number, settle: (task: Waiting) => void): void {
    const { state } = worker
    if (state.kind !== 'busy' || state.id !== id) return
    state.stopClock()
    worker.state = { kind: 'free' }
    queue.done(state.task.key)
    settle(state.task)
    serve()
  }

  /** The thread is gone, or has to go; whoever it worked for rests. */
  function lose(worker: Worker, failure: WorkerFailure): void {
    if (!workers.delete(worker)) return
    const { state } = worker
    void worker.thread.end()
    if (state.kind === 'busy') {
      state.stopClock()
      queue.done(state.task.key)
      backOff.harmed(restOf(state.task.key, state.task.name))
      state.task.reject(failure)
    } else if (state.kind === 'starting') {
      state.stopClock()
      if (++falseStarts >= MAX_FALSE_STARTS) {
        falseStarts = 0
        for (const task of queue.drain()) task.reject(new WorkerFailure('no-thread', failure.message))
      }
    }
    serve()
  }

  /** As many as there is work for, and one more: who comes after a killed thread does not wait for a new one. */
  function keepReady(): void {
    const running = busy()
    stopIdle?.()
    stopIdle = undefined
    if (running === 0 && queue.size === 0) {
      if (workers.size > 0) stopIdle = timers.after(idleMs, rest)
      return
    }
    const wanted = Math.min(threads + 1, running + Math.max(1, queue.size))
    while (workers.size < wanted) add()
  }

  function rest(): void {
    stopIdle = undefined
    for (const worker of workers) {
      if (worker.state.kind === 'starting') worker.state.stopClock()
      void worker.thread.end()
    }
    workers.clear()
  }

  function add(): void {
    const thread = spawn({
      ready() {
        if (worker.state.kind !== 'starting') return
        worker.state.stopClock()
        falseStarts = 0
        worker.state = { kind: 'free' }
        serve()
      },
      answered: (id, answer) =>
        answered(worker, id, (task) =>
          answer.ok ? task.resolve(answer.result as never) : task.reject(new WorkerFailure('failed', answer.failed)),
        ), // the definition says what the task answers with
      died: (why) => lose(worker, new WorkerFailure('died', why)),
    })
    const stopClock = timers.after(START_MS, () => lose(worker, new WorkerFailure('no-thread', 'slow start')))
    const worker: Worker = { thread, state: { kind: 'starting', stopClock } }
    workers.add(worker)
  }

  return {
    run<Input, Output>({ name, priority, timeout }: TaskDefinition<Input, Output>, key: string, input: Input, limit = timeout) {
      return new Promise<Output>((resolve, reject) => {
        if (closed) return reject(new WorkerFailure('closing'))
        if (backOff.rests(restOf(key, name))) return reject(new WorkerFailure('resting', name))
        if (!queue.add({ key, name, priority, input, timeout: limit, resolve, reject }))
          return reject(new WorkerFailure('queue-full', name))
        serve()
      })
    },
    async close() {
      closed = true
      stopIdle?.()
      backOff.close()
      const last = [...workers]
      workers.clear()
      for (const { state } of last) {
        if (state.kind !== 'free') state.stopClock()
        if (state.kind === 'busy') state.task.reject(new WorkerFailure('closing'))
      }
      for (const task of queue.drain()) task.reject(new WorkerFailure('closing'))
      await Promise.all(last.map(({ thread }) => thread.end()))
    },
  }
}

/** A case rests from the kind of task that did the harm: a hostile edit must not keep its text from being frozen. */
function restOf(key: string, name: string): string {
  return `${name} ${key}`
}
