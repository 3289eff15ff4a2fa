// Seeded randomness: each purpose is a stream of its own, so that what one audience draws never shifts another's.
import { createHash } from 'node:crypto'
import type { Entropy } from '#shared/kernel/clock.ts'

export function seededEntropy(seed: string): Entropy {
  const drawn = new Map<string, number>()
  return {
    bytes(count, purpose) {
      const bytes = new Uint8Array(count)
      for (let at = 0; at < count; at += 32) {
        const turn = drawn.get(purpose) ?? 0
        drawn.set(purpose, turn + 1)
        bytes.set(
          createHash('sha256')
            .update(`${seed}|${purpose}|${turn}`)
            .digest()
            .subarray(0, count - at),
          at,
        )
      }
      return bytes
    },
  }
}
