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
    ['ХХI век', 'ХХI → XXI'],
    ['XХI ғасыр', 'XХI → XXI'],
    ['ІV тоқсан', 'ІV → IV'],
  ])('[CHR-150] Roman figures are read as such: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it.each([
    ['Hе позднее', 'Hе → Не → He'],
    ['Hұрлан келісті', 'Hұрлан → Нұрлан → Һұрлан'],
    ['шаhар', 'шаhар → шаһар'],
    ['қаулы мен yкімет', 'yкімет → үкімет → укімет'],
    ['келісy керек', 'келісy → келісу → келісү'],
    ['қалада сyрет', 'сyрет → сүрет → сурет'],
    ['қала тyралы', 'тyралы → туралы → түралы'],
    ['за yслуги', 'yслуги → услуги'],
  ])('[CHR-151] where a shape stands for two letters both are read; Kazakh ones only among Kazakh words: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it.each([
    ['рубlей', 'рубlей'],
    ['Нұрlан', 'Нұрlан'],
    ['dоговор', 'dоговор'],
    ['Қазақстan', 'Қазақстan'],
    ['Әсеm', 'Әсеm → Әсем'],
    ['5 kВт', 'kВт → кВт'],
    ['Алmаты', 'Алmаты → Алматы'],
  ])('[CHR-152] letters astray in a word are found, also where only its writer can say what was meant: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it.each([
    ['ivan@mаil.ru', 'mаil → mail'],
    ['info@bitiм.kz', 'bitiм → bitim'],
    ['www.kaspi.кz', 'кz → kz'],
    ['ivan@kaспи.kz', 'kaспи'],
  ])('[CHR-153] an address holds one alphabet: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it('[CHR-154] the form of a company in Latin letters before its Cyrillic name is found', () => {
    expect(found('TOO «Дала», KX "Береке" и OOO Ромашка')).toEqual(['TOO → ТОО', 'KX → КХ', 'OOO → ООО'])
    expect(found('TOO «Astana Trade», the TOO, OOO, ТОО «Дала»')).toEqual([])
  })

  it.each([
    ['О5.12.2026', 'О5.12 → 05.12'],
    ['БИН О12345678901', 'О12345678901 → 012345678901'],
    ['l00 000 ₸', 'l00 000 → 100 000'],
    ['ІОО 000 теңге', 'ІОО 000 → 100 000'],
    ['б00 000', 'б00 000 → 600 000'],
    ['5OO ₸', '5OO → 500'],
    ['5OО ₸', '5OО → 500'],
  ])('[CHR-155] letters at the beginning of a number are found, and a number is one place: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it.each([
    'sКөмек, МедиаторBitim, KaspiПэй, QRкод, WhatsAppта.Тараптар',
    'O365, I20, б12, кв. 5A, литер А1, 5а класс, №№ 1-5',
    'Договор № 27 о 500 000 тенге; статья 5 о медиации, п. 1.О порядке',
    'ІІІ тоқсан, XXI век, ХХІ ғасыр, II-ші',
    'e-mail-ом, e-mailға, и/or, µм, 36,6 °С',
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
      '1O Дaла '.repeat(15_000),
      'ХI'.repeat(50_000),
      '1 000'.repeat(20_000),
      'aа'.repeat(50_000),
      'a@'.repeat(50_000),
      'О'.repeat(100_000),
    ])
      expect(mixedWordsIn(row).length).toBeLessThan(100_001)
  })
})
