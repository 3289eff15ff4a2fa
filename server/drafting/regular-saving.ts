// Saves the text every few minutes while it changes: looked at after each compaction, when the text is whole and small.
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { DraftLane } from './draft-lane.ts'
import type { SavedText, StateKeeper } from './state-keeper.ts'

interface Deps {
  readonly lane: Pick<DraftLane, 'loadedHead'>
  readonly clock: Clock
  readonly timers: Timers
  readonly saved: Pick<StateKeeper, 'save'>
  readonly text: () => Promise<SavedText | undefined>
  readonly onTrouble: (error: unknown) => void
}

/** A state is saved when the text has changed and the last one is as old. */
const SAVE_EVERY_MS = 180_000

export class RegularSaving {
  readonly #deps: Deps
  readonly #openedAt: number
  #cancel: (() => void) | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    this.#openedAt = deps.clock.now()
  }

  async compacted(text: SavedText): Promise<void> {
    const { lane, clock, saved } = this.#deps
    const states = lane.loadedHead?.saved ?? []
    if (states.some(({ revision }) => revision >= text.textRevision)) return
    const last = states.reduce((newest, { at }) => Math.max(newest, at), this.#openedAt)
    const left = last + SAVE_EVERY_MS - clock.now()
    if (left <= 0) return saved.save(text, { cause: 'minutes' })
    this.#cancel ??= this.#lookIn(Math.min(left, SAVE_EVERY_MS))
  }

  /** Made here, where no text is in sight that the timer would keep in memory. */
  #lookIn(milliseconds: number): () => void {
    return this.#deps.timers.after(milliseconds, () => void this.#lookAgain())
  }

  stop(): void {
    this.#cancel?.()
  }

  async #lookAgain(): Promise<void> {
    this.#cancel = undefined
    try {
      const text = await this.#deps.text()
      if (text) await this.compacted(text)
    } catch (error) {
      this.#deps.onTrouble(error) // the text is there; it is saved after the next edit
    }
  }
}
