import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initials } from '#client/ui/base/initials.ts'
import { shortNames } from './short-names.ts'

const alone = (name: string) => shortNames([name])(name)

describe('short names', () => {
  it.each([
    ['Айгүл Серікқызы Нұрланова', 'Айгүл Нұрланова', 'АН'],
    ['Нұрланова Айгүл Серікқызы', 'Айгүл Нұрланова', 'АН'],
    ['Нұрланова Айгүл Серік қызы', 'Айгүл Нұрланова', 'АН'],
    ['Айгүл Серік қызы Нұрланова', 'Айгүл Нұрланова', 'АН'],
    ['Сейітов Ерлан Мұратұлы', 'Ерлан Сейітов', 'ЕС'],
    ['Павел Андреевич Ким', 'Павел Ким', 'ПК'],
    ['Абрамович Роман Аркадьевич', 'Роман Абрамович', 'РА'],
    ['Анна Павловна Петрович', 'Анна Петрович', 'АП'],
    ['Ерлан Мұратұлы', 'Ерлан Мұратұлы', 'ЕМ'],
    ['Айгүл Серік қызы', 'Айгүл Серік қызы', 'АС'],
    ['Павел Ким', 'Павел Ким', 'ПК'],
    ['Айгүл', 'Айгүл', 'А'],
    ['Мария Анна ван Дейк', 'Мария Анна ван Дейк', 'МА'],
    ['Yerlan Muratuly Seiitov', 'Yerlan Seiitov', 'YS'],
  ])('[UI-100] a person goes by first name and family name: %s', (name, short, letters) => {
    expect(alone(name)).toBe(short)
    expect(initials(name)).toBe(letters)
  })

  it.each([
    ['ТОО «Дала Жем»', 'Дала Жем'],
    ['«Береке» шаруа қожалығы', 'Береке'],
    ['ТОО "Торговый дом "Береке"', 'Торговый дом'],
    ['ТОО Дала Жем', 'Дала Жем'],
    ['Дала Жем ЖШС', 'Дала Жем'],
    ['Dala Zhem, LLP', 'Dala Zhem'],
    ['Товарищество с ограниченной ответственностью Дала', 'Дала'],
    ['Дала жауапкершілігі шектеулі серіктестігі', 'Дала'],
    ['ИП Нұрланова Айгүл Серікқызы', 'Айгүл Нұрланова'],
    ['Торговый дом Михалевич', 'Торговый дом Михалевич'],
    ['АҚ', 'АҚ'],
    ['Аокигахара', 'Аокигахара'],
  ])('[UI-100] an organisation goes without its legal form: %s', (name, short) => {
    expect(alone(name)).toBe(short)
  })

  it('[LIV-22] [UI-101] who would be called as somebody else is keeps the whole name', () => {
    const sides = ['«Береке» шаруа қожалығы', 'ТОО «Дала Жем»', 'Айгүл Серік']
    expect(sides.map(shortNames(sides))).toEqual(['Береке', 'Дала Жем', 'Айгүл Серік'])
    const alike = ['ТОО «Дала»', 'ИП «Дала»', 'Омарова Әсел Серікқызы', 'Омарова Әсел Маратқызы', 'Дала']
    expect(alike.map(shortNames(alike))).toEqual(alike)
    expect(shortNames(sides)('Все')).toBe('Все')
  })

  it('[UI-101] two different names are never called the same', () => {
    const part = fc.constantFrom(
      'Айгүл',
      'Омарова',
      'Серікқызы',
      'Серік',
      'қызы',
      'Дала',
      '«Дала»',
      'ТОО',
      'ИП',
      'ЖШС',
      'дала',
      '«ТОО Дала»',
    )
    const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 6 }), (names) => {
        const called = names.map(shortNames(names))
        expect(new Set(called).size).toBe(names.length)
        expect(called.every((short) => short.trim() !== '')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
