import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RangeSet } from './range-set.ts'

const range = fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 20 })).map(([from, length]) => [from, from + length] as const)

it('[DRA-103] says of any range whether all of it was deleted, however it came about', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(range, { maxLength: 80 }), { maxLength: 6 }),
      fc.array(range, { maxLength: 5 }),
      range,
      (given, above, [from, to]) => {
        const set = new RangeSet()
        const model = new Set<number>()
        for (const ranges of given) {
          set.addAll(ranges)
          for (const [low, high] of ranges) for (let at = low; at < high; at++) model.add(at)
        }
        const over = new RangeSet(set)
        over.addAll(above)
        const whole = (low: number, high: number) => Array.from({ length: high - low }, (_, index) => low + index)
        expect(set.covers(from, to)).toBe(whole(from, to).every((at) => model.has(at)))
        expect(set.total).toBe(model.size)
        expect([...set.ranges()].every(([low, high], index, all) => high > low && low > (all[index - 1]?.[1] ?? -1))).toBe(true)
        if (set.covers(from, to)) expect(over.covers(from, to)).toBe(true)
        for (const [low, high] of above) expect(over.covers(low, high)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})
