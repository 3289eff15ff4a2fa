// Whoever hangs must not keep others waiting: what has not ended by then counts as failed, whatever becomes of it.
import type { Timers } from '#shared/kernel/clock.ts'

export function within<T>(
  work: Promise<T>,
  milliseconds: number,
  { timers, name }: { readonly timers: Timers; readonly name: string },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(milliseconds, () => reject(new Error(`${name} takes too long`)))
    work.then(resolve, reject).finally(cancel)
  })
}
