// How long to wait before trying again: longer with each failure, never the same on two devices, and never shorter than was asked for.
import type { Entropy, Timers } from '#shared/kernel/clock.ts'

interface Pauses {
  /** `atLeast` comes before the pause that the failures so far make; 0: no pause at all. */
  begin(atLeast: number | undefined, then: () => void): void
  isUnderWay(): boolean
  cancel(): void
  /** What has failed so far counts no more. */
  forgetFailures(): void
}

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000

export function makePauses({ timers, entropy }: { readonly timers: Timers; readonly entropy: Entropy }): Pauses {
  let failures = 0
  let cancel: (() => void) | undefined

  return {
    begin(atLeast, then) {
      cancel?.()
      const ceiling = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures++)
      const jitter = (entropy.bytes(1, 'reconnect')[0] ?? 0) / 255
      const wait = atLeast === 0 ? 0 : (atLeast ?? 0) + ceiling * (0.5 + jitter / 2)
      cancel = timers.after(wait, () => {
        cancel = undefined
        then()
      })
    },
    isUnderWay: () => cancel !== undefined,
    cancel() {
      cancel?.()
      cancel = undefined
    },
    forgetFailures() {
      failures = 0
    },
  }
}
