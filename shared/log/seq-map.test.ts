import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesOf, emptySeqMap, entriesOf, lastValue, leavesOf, type SeqMap, valueAt, valuesOf, withValue } from './seq-map.ts'

describe('values by sequence number', () => {
  it('[LOG-70] are, after any changes in any order, those of an ordinary map; earlier maps stay as they were', () => {
    const change = fc.record({ seq: fc.nat(70_000), value: fc.string() })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), fc.nat(70_000), (changes, after) => {
        const model = new Map<number, string>()
        let map: SeqMap<string> = emptySeqMap()
        for (const { seq, value } of changes) {
          const before = map
          const had = [...entriesOf(before)]
          map = withValue(map, seq, value)
          model.set(seq, value)
          expect([...entriesOf(before)]).toEqual(had)
        }
        const wanted = [...model].sort(([a], [b]) => a - b)
        expect([...entriesOf(map)]).toEqual(wanted)
        expect([...entriesOf(map, after)]).toEqual(wanted.filter(([seq]) => seq > after))
        expect(valuesOf(map)).toEqual(wanted.map(([, value]) => value))
        expect(map.size).toBe(model.size)
        expect(lastValue(map)).toBe(wanted.at(-1)?.[1])
        for (const { seq } of changes) expect(valueAt(map, seq)).toBe(model.get(seq))
      }),
    )
  })

  it('[LOG-70] can be read piece by piece, and by what has changed since an earlier map, with the same answers', () => {
    const change = fc.record({ seq: fc.nat(5_000), value: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.array(change, { maxLength: 60 }), (first, then) => {
        const grown = (map: SeqMap<number>, changes: typeof first) =>
          changes.reduce((all, { seq, value }) => withValue(all, seq, value), map)
        const before = grown(emptySeqMap(), first)
        const after = grown(before, then)
        const wanted = [...entriesOf(after)].filter(([seq, value]) => valueAt(before, seq) !== value)
        expect([...changesOf(before, after)]).toEqual(wanted)
        expect([...changesOf(after, after)]).toEqual([])
        const pieces = [...leavesOf(after)].flatMap(({ base, values }) =>
          [...values].flatMap((value, slot) => (value === undefined ? [] : [[base + slot, value]])),
        )
        expect(pieces).toEqual([...entriesOf(after)])
      }),
    )
  })

  it('[LOG-70] cost a change the copying of a few small nodes, however many there are', () => {
    let map: SeqMap<number> = emptySeqMap()
    let copied = 0
    for (let seq = 1; seq <= 100_000; seq++) {
      const next = withValue(map, seq, seq)
      copied += slotsOfNewNodes(next, map)
      map = next
    }
    expect(copied / 100_000).toBeLessThan(80) // five nodes of at most sixteen
  })
})

/** Slots of the nodes on the way to what was changed last. */
function slotsOfNewNodes(after: SeqMap<number>, before: SeqMap<number>): number {
  let slots = 0
  let [now, then]: [unknown, unknown] = [after.root, before.root]
  while (Array.isArray(now) && now !== then) {
    slots += now.length
    const at: number = now.length - 1 // what was appended stands last
    then = Array.isArray(then) ? then[at] : undefined
    now = now[at]
  }
  return slots
}
