import { describe, expect, it } from 'vitest'
import { makeTurns } from './turns.ts'

describe('turns on the main thread', () => {
  it('[WRK-10] one piece for each pass of the event loop, and keys take turns however many pieces one of them has', async () => {
    const passes: (() => void)[] = []
    const turns = makeTurns((run) => passes.push(run))
    const served: string[] = []
    for (const key of ['a', 'a', 'a', 'b', 'c', 'b']) void turns.take(key).then(() => served.push(key))
    const counts: number[] = []
    while (passes.length > 0) {
      expect(passes).toHaveLength(1)
      passes.shift()?.()
      await Promise.resolve()
      counts.push(served.length)
    }
    expect(served.join('')).toBe('abcaba')
    expect(counts).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('[WRK-10] other work of the process comes in between', async () => {
    const turns = makeTurns((run) => void setImmediate(run))
    const order: string[] = []
    const long = (async () => {
      for (let i = 0; i < 3; i++) {
        await turns.take('long')
        order.push('piece')
      }
    })()
    setImmediate(() => order.push('other'))
    await long
    expect(order.indexOf('other')).toBeLessThan(2)
  })
})
