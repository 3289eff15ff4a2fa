// One thread of the pool: it starts, stands free, works at one task. Each of these is bounded in time by its own clock; whose turn it is,
// and what follows from harm, is the pool's affair.
import type { Timers } from '#shared/kernel/clock.ts'
import { type Priority, WorkerFailure } from './task.ts'
import type { SpawnThread, Thread, ThreadEvents } from './thread.ts'

export interface PoolTask {
  /** The case. */
  readonly key: string
  readonly name: string
  readonly priority: Priority
  readonly input: unknown
  readonly timeout: number
  readonly resolve: (result: never) => void
  readonly reject: (failure: WorkerFailure) => void
}

interface PoolWorkerEvents {
  /** Everything is loaded: it takes tasks from now on. */
  started(): void
  /** It is free again; `settle` gives the answer to whoever asked. */
  answered(task: PoolTask, settle: () => void): void
  /** The thread is gone, or had to go; `before`: what it did then. Not told after `end()`. */
  lost(before: WorkerState, failure: WorkerFailure): void
}

type WorkerState =
  | { readonly kind: 'starting'; readonly stopClock: () => void }
  | { readonly kind: 'free' }
  | { readonly kind: 'busy'; readonly id: number; readonly task: PoolTask; stopClock: () => void }
  | { readonly kind: 'gone' }

const START_MS = 30_000
/** When this process itself was late, the answer has come and waits to be read: that is done before the thread is ended. */
const LAST_LOOK_MS = 1

export class PoolWorker {
  readonly #timers: Timers
  readonly #events: PoolWorkerEvents
  readonly #thread: Thread
  #state: WorkerState
  #nextId = 1

  constructor(spawn: SpawnThread, timers: Timers, events: PoolWorkerEvents) {
    this.#timers = timers
    this.#events = events
    this.#thread = spawn({
      ready: () => this.#ready(),
      answered: (id, answer) => this.#answered(id, answer),
      died: (why) => this.#lose(new WorkerFailure('died', why)),
    })
    this.#state = { kind: 'starting', stopClock: timers.after(START_MS, () => this.#lose(new WorkerFailure('no-thread', 'slow start'))) }
  }

  get isFree(): boolean {
    return this.#state.kind === 'free'
  }

  /** What it works at. */
  get task(): PoolTask | undefined {
    return this.#state.kind === 'busy' ? this.#state.task : undefined
  }

  begin(task: PoolTask): void {
    const lastLook = () => {
      state.stopClock = this.#timers.after(LAST_LOOK_MS, () => this.#lose(new WorkerFailure('timeout', task.name)))
    }
    const state = { kind: 'busy' as const, id: this.#nextId++, task, stopClock: this.#timers.after(task.timeout, lastLook) }
    this.#state = state
    this.#thread.run(state.id, task.name, task.input)
  }

  /** Whoever waits for its task is to be told by the caller. */
  end(): Promise<void> {
    if (this.#state.kind === 'starting' || this.#state.kind === 'busy') this.#state.stopClock()
    this.#state = { kind: 'gone' }
    return this.#thread.end()
  }

  #ready(): void {
    if (this.#state.kind !== 'starting') return
    this.#state.stopClock()
    this.#state = { kind: 'free' }
    this.#events.started()
  }

  #answered(id: number, answer: Parameters<ThreadEvents['answered']>[1]): void {
    if (this.#state.kind !== 'busy' || this.#state.id !== id) return
    const { task, stopClock } = this.#state
    stopClock()
    this.#state = { kind: 'free' }
    this.#events.answered(task, () => {
      if (answer.ok)
        task.resolve(answer.result as never) // the definition says what the task answers with
      else task.reject(new WorkerFailure('failed', answer.failed))
    })
  }

  #lose(failure: WorkerFailure): void {
    const before = this.#state
    if (before.kind === 'gone') return
    void this.end()
    this.#events.lost(before, failure)
  }
}
