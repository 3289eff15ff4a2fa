// How near this person is to the end of what they may write, as the last answer said. A warning of the minute is over after one.
import type { Timers } from '#shared/kernel/clock.ts'
import type { QuotaNear } from '#shared/protocol/wire.ts'

interface QuotaWarning {
  /** Undefined while they are far from it. */
  near(): QuotaNear | undefined
  /** What an answer says of it; undefined: far. */
  heed(next: QuotaNear | undefined): void
}

const A_MINUTE = 60_000

/** `ended`: called when a warning is over by itself. */
export function makeQuotaWarning(timers: Timers, ended: () => void): QuotaWarning {
  let near: QuotaNear | undefined
  let cancel: (() => void) | undefined
  return {
    near: () => near,
    heed(next) {
      cancel?.()
      cancel = undefined
      near = next
      if (next?.of !== 'minute') return
      cancel = timers.after(A_MINUTE, () => {
        near = undefined
        ended()
      })
    },
  }
}
