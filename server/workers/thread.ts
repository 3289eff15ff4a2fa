// A thread as the pool sees it: takes one task at a time, and may be ended at any moment.

export interface ThreadEvents {
  /** Everything is loaded: the next task costs no start. */
  ready(): void
  answered(id: number, answer: { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly failed: string }): void
  /** Ended by itself: out of memory, or a fault. Not told after `end()`. */
  died(why: string): void
}

export interface Thread {
  run(id: number, name: string, input: unknown): void
  end(): Promise<void>
}

export type SpawnThread = (events: ThreadEvents) => Thread
