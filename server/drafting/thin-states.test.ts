import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SAVE_CAUSES } from '#shared/drafting/draft-wire.ts'
import { statesToThin, type ThinnedState } from './thin-states.ts'

const states = fc
  .array(fc.record({ at: fc.nat(10_000), cause: fc.constantFrom(...SAVE_CAUSES), bytes: fc.integer({ min: 1, max: 50 }) }), {
    maxLength: 60,
  })
  .map((all) => all.map((each, index): ThinnedState => ({ ...each, name: `text-${index}` })))
const isForGood = ({ cause }: ThinnedState) => cause === 'closing' || cause === 'conversion'

describe('thinning saved states out', () => {
  it('[DRA-162] leaves as many as there is room for, never takes what was signed, converted or spared, and no more than it must', () => {
    fc.assert(
      fc.property(states, fc.integer({ min: 2, max: 40 }), fc.nat(1_500), fc.nat(10_000), (all, count, bytes, spareFrom) => {
        const isSpared = ({ at }: ThinnedState) => at >= spareFrom
        const gone = statesToThin(all, { states: count, bytes }, { isNeeded: isSpared, isRecent: () => false })
        const kept = all.filter(({ name }) => !gone.includes(name))
        const size = (some: readonly ThinnedState[]) => some.reduce((sum, each) => sum + each.bytes, 0)
        const fits = (some: readonly ThinnedState[]) => some.length <= count && size(some) <= bytes
        for (const each of all.filter((one) => isForGood(one) || isSpared(one))) expect(gone).not.toContain(each.name)
        expect(fits(kept) || kept.every((each) => isForGood(each) || isSpared(each))).toBe(true)
        const [last] = all.filter(({ name }) => name === gone.at(-1))
        if (last) expect(fits([...kept, last])).toBe(false)
        expect(new Set(gone).size).toBe(gone.length)
      }),
    )
  })

  it('[DRA-162] the one whose neighbours in time are nearest goes first: old ones stay in wide steps', () => {
    const at = (...times: number[]) => times.map((time): ThinnedState => ({ name: `text-${time}`, at: time, cause: 'minutes', bytes: 1 }))
    expect(
      statesToThin(at(0, 100, 110, 120, 500, 900), { states: 5, bytes: 99 }, { isNeeded: () => false, isRecent: () => false }),
    ).toEqual(['text-110'])
    let kept: ThinnedState[] = []
    for (let minute = 0; minute < 600; minute++) {
      kept.push(...at(minute))
      const gone = statesToThin(kept, { states: 20, bytes: 9_999 }, { isNeeded: () => false, isRecent: () => false })
      kept = kept.filter(({ name }) => !gone.includes(name))
    }
    expect(kept.map((each) => each.at)).toEqual(expect.arrayContaining([0, 599]))
    const gaps = kept.slice(1).map((each, index) => each.at - (kept[index]?.at ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(150)
  })

  it('[DRA-162] many large ones of the last minutes leave half of the room to what is older', () => {
    const old = Array.from(
      { length: 10 },
      (_, hour): ThinnedState => ({ name: `old-${hour}`, at: hour * 1_000, cause: 'minutes', bytes: 5 }),
    )
    const flood = Array.from({ length: 12 }, (_, i): ThinnedState => ({ name: `new-${i}`, at: 10_000 + i, cause: 'deletion', bytes: 9 }))
    const gone = statesToThin(
      [...old, ...flood],
      { states: 200, bytes: 100 },
      { isNeeded: () => false, isRecent: ({ at }) => at >= 10_000 },
    )
    expect(gone.filter((name) => name.startsWith('old'))).toEqual([])
    expect(gone).not.toContain('new-11')
  })
})
