import { describe, expect, it } from 'vitest'
import type { PersonView } from '#client/rooms/people.ts'
import { asId } from '#shared/kernel/ids.ts'
import { groupTemplates } from './group-templates.ts'

const person = (name: string, role: PersonView['role'], side: string): PersonView => ({
  id: asId(name),
  name,
  role,
  who: 'a',
  side: { id: asId(side), name: side },
})
const aigul = person('Айгүл', 'party', 'Береке')
const dinara = person('Динара', 'representative', 'Береке')
const pavel = person('Павел', 'party', 'Ким')
const maria = person('Мария', 'representative', 'Ким')
const found = (...people: PersonView[]) => groupTemplates(people).map(({ id, people: asked }) => [id, asked.map(({ name }) => name)])

describe('[ROO-160] the rooms that are offered in one tap', () => {
  it('[ROO-160] name whom they would hold', () => {
    expect(found(aigul, dinara, pavel, maria)).toEqual([
      ['lawyers', ['Динара', 'Мария']],
      ['parties', ['Айгүл', 'Павел']],
      ['Береке', ['Айгүл', 'Динара']],
      ['Ким', ['Павел', 'Мария']],
    ])
  })

  it('[ROO-160] count an adviser without authority among the lawyers', () => {
    expect(found(aigul, person('Данияр', 'lawyer', 'Береке'), pavel, maria).slice(0, 2)).toEqual([
      ['lawyers', ['Данияр', 'Мария']],
      ['parties', ['Айгүл', 'Павел']],
    ])
  })

  it('[ROO-160] are not offered where they would hold one person alone, or everybody', () => {
    expect(found(aigul, pavel)).toEqual([])
    expect(found(aigul, dinara, pavel)).toEqual([
      ['parties', ['Айгүл', 'Павел']],
      ['Береке', ['Айгүл', 'Динара']],
    ])
  })
})
