import { type Due, makeDue } from '#server/due/due.ts'
import type { Storage } from '#server/storage/ports.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { seededEntropy } from './entropy.ts'

/** Due steps that are done when the test says so. */
export function testDue({ due: store }: Pick<Storage, 'due'>, clock: Clock): Due {
  return makeDue({
    store,
    recordsKey: new Uint8Array(32).fill(7),
    clock,
    timers: { after: () => () => undefined },
    entropy: seededEntropy('due'),
    onTrouble(cause) {
      throw cause
    },
  })
}
