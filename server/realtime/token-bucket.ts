import { boundedLevels } from '#server/http/bounded-levels.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { RealtimeReason } from '#shared/protocol/wire.ts'

/** People who can act at the same time on one server; beyond, whoever acted least starts anew. */
const MAX_PEOPLE = 20_000

export type TokenBucket = ReturnType<typeof makeTokenBucket>

/** At most `burst` at once and `perSecond` on average, for each key. Counts per person, never per case: a lost race must not tell. */
export function makeTokenBucket({ clock, burst, perSecond }: { clock: Clock; burst: number; perSecond: number }) {
  // A clock that jumps back locks nobody out, one that jumps on forgives.
  const taken = boundedLevels({ stopwatch: { elapsed: () => clock.now() }, maxKeys: MAX_PEOPLE })
  return {
    take(key: string, amount = 1): boolean {
      if (taken.read(key).level + amount > burst) return false
      taken.raise(key, 1000 / perSecond, amount)
      return true
    },
    forget(key: string): void {
      taken.forget(key)
    },
  }
}

/** Throws 'too-many', with the seconds to wait, when the bucket is empty. */
export function demand(bucket: TokenBucket, key: string, { reason, seconds }: { reason?: RealtimeReason; seconds: number }): void {
  if (!bucket.take(key)) throw new AppError({ kind: 'too-many', ...(reason && { reason }), details: { seconds } })
}
