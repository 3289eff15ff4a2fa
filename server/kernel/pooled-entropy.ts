// Random bytes drawn in advance, many at once: a small draw of its own costs more than the bytes.
import type { Entropy } from '#shared/kernel/clock.ts'

const POOL = 16_384

/** `fill` draws anew, over the whole of what it is given. */
export function pooledEntropy(fill: (bytes: Uint8Array) => Uint8Array): Entropy {
  const pool = new Uint8Array(POOL)
  let used = POOL
  return {
    bytes(count) {
      if (count > POOL / 4) return fill(new Uint8Array(count))
      if (used + count > POOL) {
        fill(pool)
        used = 0
      }
      const bytes = pool.slice(used, used + count)
      pool.fill(0, used, used + count) // drawn once, kept nowhere
      used += count
      return bytes
    },
  }
}
