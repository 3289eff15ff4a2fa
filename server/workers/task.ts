// What a thread can be asked for. The definition is light, so that the main thread may know it; the work behind it is loaded in the
// thread alone.

/** Somebody waits for the answer at this moment: `interactive`. Everything else: `background`. */
export type Priority = 'interactive' | 'background'

export interface TaskDefinition<Input, Output> {
  readonly name: string
  readonly priority: Priority
  /** Milliseconds, counted from when a thread takes it; then the thread is ended. */
  readonly timeout: number
  /** Never called: carries the two types. */
  readonly types?: (input: Input) => Output
}

/** An interactive task may stand before other people's background tasks, so it must be a short one. */
const LONGEST_INTERACTIVE_MS = 2_000

export function defineTask<Input, Output>(
  name: string,
  limits: { readonly priority: Priority; readonly timeout: number },
): TaskDefinition<Input, Output> {
  if (limits.priority === 'interactive' && limits.timeout > LONGEST_INTERACTIVE_MS) throw new Error(`${name} is too long to be interactive`)
  return { name, ...limits }
}

/** What a task is given. Where that is much: how to get it, once a thread is there for it, so that what waits for its turn takes no room. */
export type TaskInput<Input> = Input | (() => Promise<Input>)

/** Tasks of one key take turns with those of others. */
export interface RunsTasks {
  run<Input, Output>(task: TaskDefinition<Input, Output>, key: string, input: TaskInput<Input>): Promise<Output>
}

type AnyTasks = Readonly<Record<string, TaskDefinition<never, unknown>>>

type Asked<Tasks extends AnyTasks> = {
  readonly [Name in keyof Tasks]: Tasks[Name] extends TaskDefinition<infer Input, infer Output>
    ? (key: string, input: Input) => Promise<Output>
    : never
}

/** What can be asked for, by name: each task as a function. */
export function tasksOf<Tasks extends AnyTasks>(pool: RunsTasks, tasks: Tasks): Asked<Tasks> {
  const asked = Object.entries(tasks).map(([name, task]) => [name, (key: string, input: never) => pool.run(task, key, input)])
  return Object.fromEntries(asked) as Asked<Tasks> // each is called by its definition's types
}

/** A task with the work that it stands for, as the thread knows it. */
export interface Performer {
  readonly name: string
  readonly perform: (input: never) => unknown
}

export function performs<Input, Output>(
  task: TaskDefinition<Input, Output>,
  perform: (input: Input) => Output | Promise<Output>,
): Performer {
  return { name: task.name, perform }
}

/**
 * Why a task was not done. `timeout`, `died` and `failed` are the task's own doing; with the others it may be asked for again later.
 */
type WorkerFault = 'timeout' | 'died' | 'failed' | 'resting' | 'queue-full' | 'no-thread' | 'closing'

export class WorkerFailure extends Error {
  override readonly name = 'WorkerFailure'
  readonly fault: WorkerFault

  /** `detail` names a kind of error and never quotes it: its text may hold what people wrote. */
  constructor(fault: WorkerFault, detail?: string) {
    super(detail ? `${fault}: ${detail}` : fault)
    this.fault = fault
  }

  /** The same input would fail again. */
  get isOwnFault(): boolean {
    return this.fault === 'timeout' || this.fault === 'died' || this.fault === 'failed'
  }

  /** Nothing is wrong: there is much to do, or the server stops. Whoever asks again later is served. */
  get isPutOff(): boolean {
    return !this.isOwnFault && this.fault !== 'no-thread'
  }
}

/** Of a worker, whether it comes as it is or as the cause of what people are told. */
export function workerFailureIn(error: unknown): WorkerFailure | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return cause instanceof WorkerFailure ? cause : undefined
}

/** For telling of trouble: what was under way when the server stopped is recovered at the next start, and is none. */
export function unlessClosing(tell: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    if (workerFailureIn(error)?.fault !== 'closing') tell(error)
  }
}
