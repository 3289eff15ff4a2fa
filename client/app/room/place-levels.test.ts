import { describe, expect, it } from 'vitest'
import type { Audience } from '#shared/kernel/audience.ts'
import { levelOf, type Where, whereIn, whereLoaded } from './place-levels.ts'

const CAUCUS = `side:${'s'.repeat(22)}` as Audience // a side's room

describe('where one is inside', () => {
  it.each<[Where, boolean, number]>([
    [{ board: true, part: 'draft', room: CAUCUS }, true, 0],
    [{ board: false, part: 'talk' }, false, 0],
    [{ board: false, part: 'talk', room: 'all' }, false, 0],
    [{ board: false, part: 'talk', room: 'all' }, true, 1],
    [{ board: false, part: 'talk', room: CAUCUS }, false, 1],
    [{ board: false, part: 'draft' }, false, 2],
    [{ board: false, part: 'side', room: CAUCUS }, true, 2],
  ])('[UI-95] %j, mediating %s, lies at level %i', (where, mediating, level) => {
    expect(levelOf(where, mediating)).toBe(level)
  })

  it.each<[Where, boolean]>([
    [{ board: false, part: 'talk', room: CAUCUS }, true],
    [{ board: false, part: 'draft', room: CAUCUS }, true],
    [{ board: false, part: 'talk', room: `direct:${'p'.repeat(22)}` as Audience }, true], // a person's own line
    [{ board: false, part: 'draft', room: 'all' }, false],
    [{ board: false, part: 'talk' }, false],
    [{ board: true, part: 'talk', room: CAUCUS }, true],
  ])('[LIV-170] loaded anew, %j begins on the board: %s, and keeps room and part for the way back', (where, board) => {
    expect(whereLoaded(where)).toEqual({ ...where, board })
  })

  it('[LIV-82] what a reload finds is believed only as far as it is a place of this person', () => {
    const place = { board: false, part: 'draft', room: CAUCUS }
    expect(whereIn(structuredClone(place), false)).toEqual(place)
    expect(whereIn({ ...place, room: 'nowhere' }, false)).toEqual({ board: false, part: 'draft' })
    for (const kept of [undefined, null, 'draft', {}, { ...place, part: 'cellar' }, { ...place, board: true }])
      expect(whereIn(kept, false)).toBeUndefined()
  })
})
