// Brings the appends of all drafts together: while one durable write is under way the next one gathers, so that many keystrokes
// share one write to the disk, and a lone keystroke waits for nothing.
import type { DraftAppendAnswer, DraftEntry, DraftStore } from '#server/storage/ports.ts'

interface Group {
  readonly entries: readonly DraftEntry[]
  readonly answer: (answers: readonly DraftAppendAnswer[]) => void
}

const MAX_ENTRIES = 4096

export class DraftAppender {
  readonly #store: Pick<DraftStore, 'append'>
  #waiting: Group[] = []
  #busy = false

  constructor(store: Pick<DraftStore, 'append'>) {
    this.#store = store
  }

  /** Entries of one draft in ascending u; never rejects. */
  append(entries: readonly DraftEntry[]): Promise<readonly DraftAppendAnswer[]> {
    return new Promise((answer) => {
      this.#waiting.push({ entries, answer })
      if (this.#busy) return
      this.#busy = true
      queueMicrotask(() => void this.#drain())
    })
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const groups = this.#take()
      const entries = groups.flatMap((group) => group.entries)
      let answers: readonly DraftAppendAnswer[]
      try {
        answers = await this.#store.append(entries)
      } catch {
        answers = entries.map(() => 'unknown') // whether it landed is read back by each draft
      }
      let at = 0
      for (const { entries: own, answer } of groups) {
        answer(own.map((_, index) => answers[at + index] ?? 'unknown'))
        at += own.length
      }
    }
    this.#busy = false
  }

  #take(): Group[] {
    let count = 0
    let groups = 0
    for (const { entries } of this.#waiting) {
      if (groups > 0 && count + entries.length > MAX_ENTRIES) break
      count += entries.length
      groups++
    }
    return this.#waiting.splice(0, groups)
  }
}
