// Threads moved by hand, and timers that ring when the test says so: the order of everything is the test's input.
import type { Timers } from '#shared/kernel/clock.ts'
import type { SpawnThread, ThreadEvents } from '../thread.ts'

export class ManualTimers implements Timers {
  #now = 0
  readonly #set = new Set<{ readonly at: number; readonly run: () => void }>()

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run }
    this.#set.add(timer)
    return () => this.#set.delete(timer)
  }

  get waiting(): number {
    return this.#set.size
  }

  pass(milliseconds: number): void {
    const until = this.#now + milliseconds
    for (;;) {
      const due = [...this.#set].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#set.delete(due)
      this.#now = due.at
      due.run()
    }
    this.#now = until
  }
}

interface ManualThread {
  readonly events: ThreadEvents
  job: { readonly id: number; readonly input: unknown } | undefined
  ended: boolean
}

interface ManualThreads {
  readonly spawn: SpawnThread
  readonly all: ManualThread[]
  /** What is being worked at, in the order in which the threads were made. */
  working(): unknown[]
  /** The thread that works at this answers. */
  finish(input: unknown): void
  startAll(): void
}

export function manualThreads(): ManualThreads {
  const all: ManualThread[] = []
  const alive = () => all.filter(({ ended }) => !ended)
  return {
    all,
    spawn(events) {
      const thread: ManualThread = { events, job: undefined, ended: false }
      all.push(thread)
      return {
        run: (id, _name, input) => {
          thread.job = { id, input }
        },
        end: async () => {
          thread.ended = true
        },
      }
    },
    working: () => alive().flatMap(({ job }) => (job ? [job.input] : [])),
    finish(input) {
      const thread = alive().find(({ job }) => job?.input === input)
      const id = thread?.job?.id
      if (!thread || id === undefined) throw new Error(`nobody works at ${String(input)}`)
      thread.job = undefined
      thread.events.answered(id, { ok: true, result: input })
    },
    startAll() {
      for (const { events } of alive()) events.ready()
    },
  }
}
