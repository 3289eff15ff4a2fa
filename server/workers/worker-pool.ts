// The only way to do heavy work: threads of bounded memory and time, shared by all cases in turns. A task that hangs or kills its thread
// costs one thread for its time and rests afterwards; a warm thread stands ready for the next case.
import type { Timers } from '#shared/kernel/clock.ts'
import { BackOff, type BackOffTimes } from './back-off.ts'
import { FairQueue } from './fair-queue.ts'
import { type PoolTask, PoolWorker } from './pool-worker.ts'
import { type TaskDefinition, type TaskInput, WorkerFailure } from './task.ts'
import type { SpawnThread } from './thread.ts'

export interface WorkerPool {
  /** `key`: the case. Rejects with a WorkerFailure. `timeout` overrides the definition's. */
  run<Input, Output>(task: TaskDefinition<Input, Output>, key: string, input: TaskInput<Input>, timeout?: number): Promise<Output>
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

const IDLE_MS = 10_000
/** Threads that cannot even start, one after the other, before those who wait are told. */
const MAX_FALSE_STARTS = 3

export function openWorkerPool(deps: WorkerPoolDeps): WorkerPool {
  return new Pool(deps)
}

class Pool implements WorkerPool {
  readonly #timers: Timers
  readonly #spawn: SpawnThread
  readonly #threads: number
  readonly #idleMs: number
  readonly #queue: FairQueue<PoolTask>
  readonly #backOff: BackOff
  readonly #workers = new Set<PoolWorker>()
  #falseStarts = 0
  #stopIdle: (() => void) | undefined
  #closed = false

  constructor({ timers, spawn, threads = 2, waitingPerKey = 32, waitingInAll = 1_000, idleMs = IDLE_MS, backOff }: WorkerPoolDeps) {
    this.#timers = timers
    this.#spawn = spawn
    this.#threads = threads
    this.#idleMs = idleMs
    this.#queue = new FairQueue({ perKey: waitingPerKey, inAll: waitingInAll })
    this.#backOff = new BackOff(timers, backOff)
  }

  run<Input, Output>({ name, priority, timeout }: TaskDefinition<Input, Output>, key: string, input: TaskInput<Input>, limit = timeout) {
    return new Promise<Output>((resolve, reject) => {
      if (this.#closed) return reject(new WorkerFailure('closing'))
      if (this.#rests({ key, name })) return reject(new WorkerFailure('resting', name))
      const isQueued = this.#queue.add({ key, name, priority, input, timeout: limit, resolve, reject })
      if (!isQueued) return reject(new WorkerFailure('queue-full', name))
      this.#serve()
    })
  }

  async close() {
    this.#closed = true
    this.#stopIdle?.()
    this.#backOff.close()
    const underWay = [...this.#workers].flatMap(({ task }) => task ?? [])
    const ending = this.#endAll()
    for (const task of [...underWay, ...this.#queue.drain()]) task.reject(new WorkerFailure('closing'))
    await ending
  }

  #serve(): void {
    if (this.#closed) return
    for (const worker of this.#workers) {
      if (!worker.isFree) continue
      const task = this.#nextTask()
      if (!task) break
      worker.begin(task)
    }
    this.#keepReady()
  }

  #nextTask(): PoolTask | undefined {
    const busy = this.#busy()
    while (busy <= this.#threads) {
      const task = this.#queue.take(busy < this.#threads ? 'common' : 'reserve')
      if (!task || !this.#rests(task)) return task
      this.#queue.done(task.key)
      task.reject(new WorkerFailure('resting', task.name)) // asked for before the harm was done
    }
    return undefined
  }

  #busy(): number {
    return [...this.#workers].filter(({ task }) => task !== undefined).length
  }

  /** As many as there is work for, and one more: who comes after a killed thread does not wait for a new one. */
  #keepReady(): void {
    const busy = this.#busy()
    this.#stopIdle?.()
    this.#stopIdle = undefined
    if (busy === 0 && this.#queue.size === 0) {
      if (this.#workers.size > 0) this.#stopIdle = this.#timers.after(this.#idleMs, () => void this.#endAll())
      return
    }
    const wanted = Math.min(this.#threads + 1, busy + Math.max(1, this.#queue.size))
    while (this.#workers.size < wanted) this.#add()
  }

  #add(): void {
    const worker = new PoolWorker(this.#spawn, this.#timers, {
      started: () => {
        this.#falseStarts = 0
        this.#serve()
      },
      answered: (task, settle) => {
        this.#queue.done(task.key)
        settle()
        this.#serve()
      },
      lost: (before, failure) => {
        this.#workers.delete(worker)
        if (before.kind === 'busy') this.#harmed(before.task, failure)
        else if (before.kind === 'starting') this.#failedToStart(failure)
        this.#serve()
      },
    })
    this.#workers.add(worker)
  }

  /** Whoever it worked for rests. */
  #harmed(task: PoolTask, failure: WorkerFailure): void {
    this.#queue.done(task.key)
    this.#backOff.harmed(restOf(task))
    task.reject(failure)
  }

  #failedToStart(failure: WorkerFailure): void {
    this.#falseStarts++
    if (this.#falseStarts < MAX_FALSE_STARTS) return
    this.#falseStarts = 0
    for (const task of this.#queue.drain()) task.reject(new WorkerFailure('no-thread', failure.message))
  }

  async #endAll(): Promise<void> {
    const last = [...this.#workers]
    this.#workers.clear()
    await Promise.all(last.map((worker) => worker.end()))
  }

  #rests(task: Pick<PoolTask, 'key' | 'name'>): boolean {
    return this.#backOff.rests(restOf(task))
  }
}

/** A case rests from the kind of task that did the harm: a hostile edit must not keep its text from being frozen. */
function restOf({ key, name }: Pick<PoolTask, 'key' | 'name'>): string {
  return `${name} ${key}`
}
