import { describe, expect, it } from 'vitest'
import { RecentlyUsed } from './recently-used.ts'

const keys = ['a', 'b', 'c', 'd']
const standing = (kept: RecentlyUsed<string, number>) => keys.filter((key) => kept.get(key) !== undefined)

describe('what is kept because it is used', () => {
  it('[STO-45] beyond its room the least recently used goes, alone', () => {
    const kept = new RecentlyUsed<string, number>(3)
    for (const key of ['a', 'b', 'c']) kept.set(key, 1)
    expect(kept.get('a')).toBe(1)
    kept.set('d', 1)
    expect(standing(kept)).toEqual(['a', 'c', 'd'])
  })

  it('[STO-45] sizes are counted, what has grown anew; one that is larger than the room stays until another comes', () => {
    const kept = new RecentlyUsed<string, number>(10, (size) => size)
    kept.set('a', 4)
    kept.set('b', 4)
    kept.set('b', 6)
    expect(standing(kept)).toEqual(['a', 'b'])
    kept.set('b', 7)
    expect(standing(kept)).toEqual(['b'])
    kept.set('c', 50)
    expect(standing(kept)).toEqual(['c'])
    kept.set('a', 1)
    expect(standing(kept)).toEqual(['a'])
    kept.delete('a')
    kept.clear()
    kept.set('d', 10)
    expect(standing(kept)).toEqual(['d'])
  })
})
