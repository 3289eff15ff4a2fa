import { describe, expect, it } from 'vitest'
import { shortName } from './room-title.ts'

describe('the name of a room on the switch', () => {
  it('[LIV-22] is what stands in quotation marks, where that tells the sides apart', () => {
    const sides = ['«Береке» шаруа қожалығы', 'ТОО «Дала Жем»', 'Айгүл Серік']
    expect(sides.map((side) => shortName(side, sides))).toEqual(['Береке', 'Дала Жем', 'Айгүл Серік'])
    const alike = ['ТОО «Дала»', 'ИП «Дала»']
    expect(alike.map((side) => shortName(side, alike))).toEqual(alike)
    expect(shortName('Все', sides)).toBe('Все')
  })
})
