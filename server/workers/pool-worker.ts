// One thread of the pool: it starts, stands free, works at one task. Each of these is bounded in time by its own clock; whose turn it is,
// and what follows from harm, is the pool's affair.
import type { Timers } from '#shared/kernel/clock.ts'
import { type Priority, type TaskInput, WorkerFailure } from './task.ts'
import type { SpawnThread, Thread, ThreadEvents } from './thread.ts'

export interface PoolTask {
  /** The case. */
  readonly key: string
  readonly name: string
  readonly priority: Priority
  readonly input: TaskInput<unknown>
  readonly timeout: number
  readonly resolve: (result: never) => void
  /** With a WorkerFailure, or with what kept its input from being had. */
  readonly reject: (failure: unknown) => void
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
    if (isToBeHad(task.input)) void this.#have(state.id, task, task.input)
    else this.#thread.run(state.id, task.name, task.input)
  }

  async #have(id: number, task: PoolTask, input: () => Promise<unknown>): Promise<void> {
    try {
      const had = await input()
      if (this.#isAt(id)) this.#thread.run(id, task.name, had)
    } catch (cause) {
      this.#over(id, () => task.reject(cause))
    }
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
    this.#over(id, (task) => {
      if (answer.ok)
        task.resolve(answer.result as never) // the definition says what the task answers with
      else task.reject(new WorkerFailure('failed', answer.failed))
    })
  }

  #isAt(id: number): boolean {
    return this.#state.kind === 'busy' && this.#state.id === id
  }

  #over(id: number, settle: (task: PoolTask) => void): void {
    if (this.#state.kind !== 'busy' || this.#state.id !== id) return
    const { task, stopClock } = this.#state
    stopClock()
    this.#state = { kind: 'free' }
    this.#events.answered(task, () => settle(task))
  }

  #lose(failure: WorkerFailure): void {
    const before = this.#state
    if (before.kind === 'gone') return
    void this.end()
    this.#events.lost(before, failure)
  }
}

/** Nothing that a thread is given is a function. */
function isToBeHad(input: TaskInput<unknown>): input is () => Promise<unknown> {
  return typeof input === 'function'
}
