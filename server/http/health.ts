// Whether the storage takes writes, for /healthz. Anybody may ask, as often as they like: the answer is remembered for some seconds,
// so that asking costs nothing, and who asks while it is being found out waits for the same answer.
import type { Clock, Timers } from '#shared/kernel/clock.ts'

const REMEMBER_MS = 5_000
/** A disk or database that does not answer is not healthy; whoever watches asks again. */
const PATIENCE_MS = 4_000

interface Deps {
  /** A real, small, durable write. */
  readonly probe: () => Promise<void>
  readonly clock: Clock
  readonly timers: Timers
}

export function createHealth({ probe, clock, timers }: Deps): () => Promise<boolean> {
  let known: { readonly healthy: boolean; readonly at: number } | undefined
  let asking: Promise<boolean> | undefined
  let isProbing = false

  async function ask(): Promise<boolean> {
    const healthy = await Promise.race([tryWrite(), tooLate()])
    known = { healthy, at: clock.now() }
    asking = undefined
    return healthy
  }

  /** One at a time, also when one hangs: no heap of writes grows before a disk that does not answer. */
  async function tryWrite(): Promise<boolean> {
    if (isProbing) return false
    isProbing = true
    try {
      await probe()
      return true
    } catch {
      return false // full, read-only, or not there: who watches need not know which, the log of the first refused command does
    } finally {
      isProbing = false
    }
  }

  function tooLate(): Promise<false> {
    return new Promise((resolve) => void timers.after(PATIENCE_MS, () => resolve(false)))
  }

  return () => {
    const age = known && clock.now() - known.at
    if (known && age !== undefined && age >= 0 && age < REMEMBER_MS) return Promise.resolve(known.healthy)
    asking ??= ask()
    return asking
  }
}
