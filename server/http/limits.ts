// How often something guessable may be tried. Counts live in memory and are per person or per address, never per case: one person's haste must not stop another.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '#shared/kernel/errors.ts'

export interface Rate {
  readonly points: number
  readonly seconds: number
}

/** Counts one try of `key` under `name`; throws 'too-many' with `details.seconds` to wait. */
export type Limit = (name: string, key: string, rate: Rate) => Promise<void>

export function createLimit(): Limit {
  const limiters = new Map<string, RateLimiterMemory>()
  return async (name, key, rate) => {
    const id = `${name} ${rate.points}/${rate.seconds}`
    let limiter = limiters.get(id)
    if (!limiter) {
      limiter = new RateLimiterMemory({ points: rate.points, duration: rate.seconds })
      limiters.set(id, limiter)
    }
    try {
      await limiter.consume(key)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw new AppError({ kind: 'too-many', details: { seconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) } })
    }
  }
}
