import type { Clock } from '#shared/kernel/clock.ts'

/** At most `burst` at once and `perSecond` on average, for each key. Counts per person, never per case: a lost race must not tell. */
export function makeTokenBucket({ clock, burst, perSecond }: { clock: Clock; burst: number; perSecond: number }) {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(key: string): boolean {
      const now = clock.now()
      const bucket = buckets.get(key) ?? { tokens: burst, at: now }
      // A clock that jumps back must not lock anybody out.
      const passed = Math.max(0, now - bucket.at)
      bucket.tokens = Math.min(burst, bucket.tokens + (passed * perSecond) / 1000)
      bucket.at = now
      buckets.set(key, bucket)
      if (bucket.tokens < 1) return false
      bucket.tokens -= 1
      return true
    },
    forget(key: string): void {
      buckets.delete(key)
    },
  }
}
