// When a document is compacted: after the last edit, or sooner when many came. What fails rests, and harms nobody.
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { DraftLane } from './draft-lane.ts'
import type { Compacted } from './draft-tasks.ts'
import type { SavedText } from './state-keeper.ts'

interface CompactionDeps {
  readonly lane: Pick<DraftLane, 'loadedHead' | 'tail' | 'tailBytes' | 'keep'>
  readonly clock: Clock
  readonly timers: Timers
  readonly text: () => Promise<(SavedText & { readonly revision: number }) | undefined>
  readonly compact: (text: SavedText) => Promise<Compacted>
  /** Somebody is in it. */
  readonly isInUse: () => boolean
  /** Before what it covers goes from the store. */
  readonly beforeKeeping: () => Promise<void>
  /** The text, smaller. */
  readonly onCompacted: (text: SavedText) => Promise<void>
  readonly onTrouble: (error: unknown) => void
}

const COMPACT_AFTER_MS = 2_000
const COMPACT_AT_ENTRIES = 2_000
const COMPACT_AT_BYTES = 192 * 1024
/** After a compaction that failed: this long, twice as long after the next one, and so on. */
const COMPACT_AGAIN_MS = 10_000
const COMPACT_AGAIN_AT_MOST_MS = 600_000

export class Compaction {
  readonly #deps: CompactionDeps
  #lastEntryAt = 0
  #cancelTimer: (() => void) | undefined
  #failed = 0
  #restsUntil = 0
  running = false

  constructor(deps: CompactionDeps) {
    this.#deps = deps
  }

  /** Something was written. */
  wrote(): void {
    const { lane, clock } = this.#deps
    this.#lastEntryAt = clock.now()
    const long = lane.tail.length > COMPACT_AT_ENTRIES || lane.tailBytes > COMPACT_AT_BYTES
    this.defer(long ? 0 : COMPACT_AFTER_MS)
  }

  /** One timer at a time; when it rings too early it is wound again, so that typing costs no timer per key. */
  defer(delay = COMPACT_AFTER_MS): void {
    const { clock, timers, isInUse } = this.#deps
    if (this.running || (this.#cancelTimer && delay > 0) || (this.#isResting() && isInUse())) return
    this.#cancelTimer?.()
    this.#cancelTimer = timers.after(delay, () => {
      this.#cancelTimer = undefined
      const quietFor = clock.now() - this.#lastEntryAt
      if (delay > 0 && quietFor >= 0 && quietFor < COMPACT_AFTER_MS) this.defer(COMPACT_AFTER_MS - quietFor)
      else void this.#run()
    })
  }

  stop(): void {
    this.#cancelTimer?.()
  }

  /** A clock that was set back does not make it rest for longer than it may. */
  #isResting(): boolean {
    const left = this.#restsUntil - this.#deps.clock.now()
    return left > 0 && left <= COMPACT_AGAIN_AT_MOST_MS
  }

  /** Never while closed: freezing reads what lies behind the snapshot, up to the closing entry. */
  async #run(): Promise<void> {
    const { lane, clock, text: textOf, compact, isInUse, beforeKeeping, onCompacted, onTrouble } = this.#deps
    const head = lane.loadedHead
    if (this.running || !head || head.closed !== undefined || lane.tail.length === 0) return
    this.running = true
    try {
      const text = await textOf()
      if (!text) return
      const compacted = await compact(text)
      // Nobody is interrupted for it: they all read the same, and it is begun anew when they have gone.
      if (compacted.state === 'differs' && isInUse()) throw new Error('a snapshot would read differently')
      await beforeKeeping()
      await lane.keep(compacted, { revision: text.revision, textRevision: text.textRevision })
      this.#failed = 0
      if (compacted.state === 'sound') await onCompacted({ snapshot: compacted.update, updates: [], textRevision: text.textRevision })
    } catch (error) {
      onTrouble(error) // the entries are all there; an edit after the rest tries again
      this.#restsUntil = clock.now() + Math.min(COMPACT_AGAIN_MS * 2 ** this.#failed++, COMPACT_AGAIN_AT_MOST_MS)
    } finally {
      this.running = false
    }
  }
}
