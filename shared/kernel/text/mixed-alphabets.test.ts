import { describe, expect, it } from 'vitest'
import { mixedWordsIn } from './mixed-alphabets.ts'

const found = (text: string) => mixedWordsIn(text).map(({ word, instead }) => [word, ...instead].join(' → '))

describe('words of mixed alphabets', () => {
  it.each([
    ['Тараптар Дaла мен Береке', 'Дaла → Дала'],
    ['КX «Береке»', 'КX → КХ → KX'],
    ['келiciм', 'келiciм → келісім'],
    ['Сторонa обязуется', 'Сторонa → Сторона'],
    ['Мaрия', 'Мaрия → Мария'],
    ['Μедиатор', 'Μедиатор → Медиатор'],
    ['the agrеement', 'agrеement → agreement'],
    ['жəне', 'жəне → және'],
    ['маӊызды', 'маӊызды → маңызды'],
  ])('[CHR-33] are found with how they would read in one alphabet: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it.each([
    ['1OO 000 ₸', '1OO 000 → 100 000'],
    ['1 ООО 000 тенге', '1 ООО 000 → 1 000 000'],
    ['100 ООО ₸', '100 ООО → 100 000'],
    ['З00 000', 'З00 000 → 300 000'],
    ['1 000,5O', '1 000,5O → 1 000,50'],
    ['1l5', '1l5 → 115'],
  ])('[CHR-34] letters that stand for digits in a sum are found: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it.each([
    'IT-компания, Wi-Fi, Zoom-встреча',
    'Bitimге WhatsAppта PDFке SMSпен жіберілді',
    'ТОО «ABC», № A-12, А4, B2B, О2, 20l',
    'user1o@mail.kz, https://bitim.kz/1o0, www.a1o.kz',
    'KZ86125KZT5004100100',
    '5 ООО и 3 ЖШС',
    'Тараптар келісті. Стороны согласны. The parties agree.',
    '1 840 000 ₸, 30.04.2026, 175.500,00',
    'Ивано́в',
  ])('[CHR-35] what is mixed on purpose is left alone: %s', (text) => {
    expect(found(text)).toEqual([])
  })

  it('[CHR-33] what is exchanged for the likeliest reading is not found again', () => {
    const letters = [...'аaеeоoрpсcуyхxіiАAКKХXМMВBбгджлнтwzq']
    let seed = 7
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: 1 + next(8) }, () => letters[next(letters.length)]).join('')
      const [first] = mixedWordsIn(text)
      if (!first?.instead[0]) continue
      expect(first.instead[0]).toHaveLength(first.word.length)
      const again = mixedWordsIn(text.replace(first.word, first.instead[0]))
      expect(again.every(({ word }) => word !== first.word)).toBe(true)
    }
  })

  it('[CHR-33] long rows of anything take no long time: each letter is looked at a bounded number of times', () => {
    const looks = `а${'ə'.repeat(200_000)}`
    for (const row of [
      looks,
      'аh'.repeat(100_000),
      '1O'.repeat(50_000),
      '1 000'.repeat(20_000),
      'aа'.repeat(50_000),
      'a@'.repeat(50_000),
      'О'.repeat(100_000),
    ])
      expect(mixedWordsIn(row).length).toBeLessThan(100_001)
  })
})
