// What is unsent beside the outbox (a draft's edits), so that one line can speak for all of a case. It turns true at once; false only after
// a moment without any, because a line that changes with every key makes nobody calmer.
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import type { Timers } from '#shared/kernel/clock.ts'

export interface UnsentMarks {
  /** Whoever sends by a lane of their own says so here, under a name of their own. */
  set(name: string, unsent: boolean): void
  readonly any: Store<boolean>
  /** Of things (files) that people can count. */
  count(counts: UnsentCounts): void
  readonly counted: Store<UnsentCounts>
}

export interface UnsentCounts {
  readonly waiting: number
  /** Not taken, or set aside: they wait for their person. */
  readonly refused: number
  /** Of both, what would be lost with this page. */
  readonly unkept: number
}

export const NOTHING_UNSENT: UnsentCounts = { waiting: 0, refused: 0, unkept: 0 }

const CALM_AFTER = 800

export function createUnsentMarks(timers: Timers): UnsentMarks {
  const any = createStore(false)
  const counted = createStore(NOTHING_UNSENT)
  const names = new Set<string>()
  let cancelCalm: (() => void) | undefined

  function become(next: boolean) {
    cancelCalm?.()
    cancelCalm = undefined
    any.set(next)
  }

  return {
    set(name, unsent) {
      if (unsent) {
        names.add(name)
        become(true)
      } else if (names.delete(name) && names.size === 0) {
        cancelCalm = timers.after(CALM_AFTER, () => become(false))
      }
    },
    any,
    count(next) {
      const { waiting, refused, unkept } = counted.state()
      if (waiting !== next.waiting || refused !== next.refused || unkept !== next.unkept) counted.set(next)
    },
    counted,
  }
}
