// Who is next. Cases take turns, however much one of them asks for: a case with a task under way stands behind all that have none.
import type { Priority } from './task.ts'

export interface Queued {
  /** The case, as a rule: whoever shares it waits for each other and for nobody else's fault. */
  readonly key: string
  readonly priority: Priority
}

interface QueueLimits {
  readonly perKey: number
  /** Of each priority: what is done in the background, however much it is, refuses nobody who waits. */
  readonly inAll: number
}

interface Turn<T> {
  readonly interactive: T[]
  readonly background: T[]
}

/** After so many interactive tasks in a row a background task that waits is served. */
const IN_A_ROW = 4

export class FairQueue<T extends Queued> {
  readonly #limits: QueueLimits
  /** In the order of turns: who was served goes to the end. */
  readonly #turns = new Map<string, Turn<T>>()
  readonly #running = new Map<string, number>()
  readonly #waiting = { interactive: 0, background: 0 }
  #inARow = 0

  constructor(limits: QueueLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#waiting.interactive + this.#waiting.background
  }

  /** False when this key, or all together in this priority, have too much waiting already. */
  add(task: T): boolean {
    const turn = this.#turns.get(task.key) ?? { interactive: [], background: [] }
    if (this.#waiting[task.priority] >= this.#limits.inAll || turn.interactive.length + turn.background.length >= this.#limits.perKey)
      return false
    turn[task.priority].push(task)
    this.#turns.set(task.key, turn)
    this.#waiting[task.priority]++
    return true
  }

  /** The task that a free thread takes now. `reserve`: it is the thread that is kept for short tasks of those who have nothing under way. */
  take(thread: 'common' | 'reserve'): T | undefined {
    const key = this.#next(thread)
    if (key === undefined) return undefined
    const turn = this.#turns.get(key)
    const interactive = turn && turn.interactive.length > 0 && !(this.#backgroundIsDue(thread) && turn.background.length > 0)
    const task = interactive ? turn.interactive.shift() : turn?.background.shift()
    if (!turn || !task) return undefined
    this.#inARow = task.priority === 'interactive' ? this.#inARow + 1 : 0
    this.#turns.delete(key)
    if (turn.interactive.length + turn.background.length > 0) this.#turns.set(key, turn)
    this.#running.set(key, (this.#running.get(key) ?? 0) + 1)
    this.#waiting[task.priority]--
    return task
  }

  /** A task that was taken is over, however it ended. */
  done(key: string): void {
    const left = (this.#running.get(key) ?? 0) - 1
    if (left > 0) this.#running.set(key, left)
    else this.#running.delete(key)
  }

  /** Empties the queue; what is under way is not touched. */
  drain(): T[] {
    const all = [...this.#turns.values()].flatMap(({ interactive, background }) => [...interactive, ...background])
    this.#turns.clear()
    this.#waiting.interactive = 0
    this.#waiting.background = 0
    return all
  }

  #backgroundIsDue(thread: 'common' | 'reserve'): boolean {
    return thread === 'common' && this.#inARow >= IN_A_ROW
  }

  #next(thread: 'common' | 'reserve'): string | undefined {
    let interactive: string | undefined
    let background: string | undefined
    let again: string | undefined
    let othersWait = false
    for (const [key, turn] of this.#turns) {
      if (this.#running.has(key)) {
        if (turn.interactive.length > 0) again ??= key
        continue
      }
      othersWait = true
      if (turn.interactive.length > 0) interactive ??= key
      if (turn.background.length > 0) background ??= key
    }
    if (thread === 'reserve') return interactive
    if (background !== undefined && this.#backgroundIsDue(thread)) return background
    // A second thread for one key is lent for a short task alone, and only while nobody else waits.
    return interactive ?? background ?? (othersWait ? undefined : again)
  }
}
