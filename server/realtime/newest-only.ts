import type { Timers } from '#shared/kernel/clock.ts'

export interface NewestOnly<T> {
  give(value: T): void
  stop(): void
}

/** Passes on what comes: the first at once, then only the newest, at most once in so many milliseconds. For what nobody misses. */
export function newestOnly<T>(timers: Timers, every: number, pass: (value: T) => void): NewestOnly<T> {
  let held: { readonly value: T } | undefined
  let cancel: (() => void) | undefined

  function rest(): void {
    cancel = timers.after(every, () => {
      cancel = undefined
      if (!held) return
      const { value } = held
      held = undefined
      rest()
      pass(value)
    })
  }

  return {
    give(value) {
      if (cancel) {
        held = { value }
        return
      }
      rest()
      pass(value)
    },
    stop() {
      cancel?.()
      cancel = undefined
      held = undefined
    },
  }
}
