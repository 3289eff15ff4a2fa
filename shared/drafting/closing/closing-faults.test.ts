import { describe, expect, it } from 'vitest'
import { factsOf } from '#shared/cases/testing/opened.ts'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { block, type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { refusalFor } from '#shared/protocol/parse.ts'
import { freezeRequest } from '../drafting-protocol.ts'
import { templateOf } from '../template.ts'
import { dayWords, TEMPLATE_WORDS } from '../template-words.ts'
import { factsIn } from '../testing/draft-history.ts'
import { closingFactsOf } from './closing-facts.ts'
import { type ClosingFault, confirmedOf, isSameFault, isToConfirm } from './closing-fault.ts'
import { closingFaults, MAX_CLOSING_FAULTS } from './closing-faults.ts'
import { daysIn } from './days-in-text.ts'

const DAY = '2026-11-28'
/** 23:30 in Kazakhstan, a day behind in Greenwich's evening. */
const NOW = Date.parse('2026-11-28T18:30:00Z')

function factsFor(language: Locale) {
  const facts = closingFactsOf({ facts: factsOf(factsIn(language)) }, NOW)
  if (!facts) throw new Error('no facts')
  return facts
}
function filled(language: Locale, day = DAY): readonly DocumentBlock[] {
  return templateOf(factsOf(factsIn(language)), day).map((each) =>
    wordsOf(each) === '' ? { ...each, runs: [{ text: '1 840 000 ₸', marks: [] }] } : each,
  )
}
const withWords = (from: DocumentBlock, text: string): DocumentBlock => ({ ...from, runs: [{ text, marks: [] }] })
const replaced = (document: readonly DocumentBlock[], was: string, is: string) =>
  document.map((each) => (wordsOf(each).includes(was) ? withWords(each, wordsOf(each).replace(was, is)) : each))
const said = (faults: readonly ClosingFault[]) => faults.map(({ kind, found }) => [kind, found].join(' ').trim())
const ofText = (document: readonly DocumentBlock[], language: Locale = 'ru') => said(closingFaults(document, factsFor(language)))
/** Without the heading of a demand and what stands beneath it. */
function without(document: readonly DocumentBlock[], heading: string): readonly DocumentBlock[] {
  const at = document.findIndex((each) => wordsOf(each) === heading)
  const next = document.findIndex((each, index) => index > at && each.kind === 'heading')
  return document.filter((_, index) => index < at || (next >= 0 && index >= next))
}

describe('what stands in the way of closing', () => {
  it.each(LOCALES)('[DRA-255] nothing, in the template of the day with its clauses filled: %s', (language) => {
    expect(ofText(filled(language), language)).toEqual([])
  })

  it.each(LOCALES)('[DRA-255] everything at once, each with its place: %s', (language) => {
    const words = TEMPLATE_WORDS[language]
    let document = templateOf(factsOf(factsIn(language)), '2026-11-22')
    document = replaced(document, 'Петропавловск', 'Петропавлoвск\u202e')
    const faults = closingFaults(document, factsFor(language))
    expect(said(faults)).toEqual([
      'empty-clause 1.',
      'empty-clause 2.',
      'empty-clause 3.',
      'empty-clause 4.',
      'character U+202E',
      `other-date ${dayWords(language, '2026-11-22')}`,
      'no-heading obligations',
      ...[words.obligations, words.performance, words.consequences, words.costs].map((heading) => `empty-heading ${heading}`),
      'mixed-word Петропавлoвск',
    ])
    const ids = new Set(document.map(({ id }) => id))
    expect(faults.filter(({ kind, block: at }) => !kind.includes('heading') && !ids.has(at ?? ''))).toEqual([])
  })

  it.each(
    LOCALES.flatMap((language) => (['parties', 'mediator', 'subject', 'obligations'] as const).map((duty) => [language, duty] as const)),
  )('[DRA-256] a demand of the law is missed with its heading: %s %s', (language, duty) => {
    const document = without(filled(language), TEMPLATE_WORDS[language][duty])
    expect(ofText(document, language)).toContain(`no-heading ${duty}`)
    const onlyHeading = filled(language).flatMap((each) => (each.part === duty ? [] : [each]))
    expect(ofText(onlyHeading, language)).toContain(`no-heading ${duty}`)
  })

  it.each(['performance', 'consequences'] as const)('[DRA-256] %s may stand elsewhere: asked, not refused', (duty) => {
    const faults = closingFaults(without(filled('ru'), TEMPLATE_WORDS.ru[duty]), factsFor('ru'))
    expect(said(faults)).toEqual([`missing-heading ${duty}`])
    expect(faults.every(isToConfirm)).toBe(true)
  })

  it.each([
    ['Стороны', 'Кто договорился'],
    ['Обязательства, о которых договорились стороны', 'Что будет сделано'],
    ['Предмет спора (конфликта)', 'О чём спорили'],
    ['Медиатор', '2. Наш посредник'],
  ])('[DRA-257] a renamed heading is known by what the template put beneath it: %s → %s', (was, is) => {
    expect(ofText(replaced(filled('ru'), was, is)).filter((each) => each.includes('heading'))).toEqual([])
  })

  it('[DRA-257] headings in people’s own words, in another language, as clauses or as plain lines, are headings', () => {
    const own = [
      block('t', 'heading', 1, 'Медиативное соглашение'),
      block('d', 'paragraph', 0, 'г. Астана, 28.11.2026'),
      block('a', 'clause', 1, 'Тараптар'),
      block('b', 'clause', 2, 'КХ «Береке» и ТОО «Дала Жем»'),
      block('c', 'paragraph', 0, 'МЕДИАТОР:'),
      block('e', 'paragraph', 0, 'Ерлан Омаров'),
      block('f', 'heading', 2, '3. The subject of the dispute'),
      block('g', 'paragraph', 0, 'Оплата'),
      block('h', 'heading', 2, 'Обязанности сторон'),
      block('h2', 'heading', 3, 'Первая часть'),
      block('i', 'clause', 1, 'Уплатить 5 000 ₸.'),
      block('j', 'heading', 2, 'Сроки и порядок оплаты'),
      block('k', 'clause', 1, 'До 1 декабря 2026 года.'),
      block('l', 'heading', 2, 'Ответственность'),
      block('m', 'clause', 1, 'Пеня.'),
    ]
    expect(ofText(own)).toEqual([])
    const unnamed = own.filter(({ id }) => id !== 'h')
    expect(ofText(unnamed)).toContain('no-heading obligations')
  })

  it.each([
    ['28 ноября 2026 года', DAY],
    ['«28» ноября 2026 г.', DAY],
    ['2026 жылғы 28 қараша', DAY],
    ['2026 ж. «28» қараша', DAY],
    ['28 November 2026', DAY],
    ['November 28, 2026', DAY],
    ['28.11.2026', DAY],
    ['28/11/2026', DAY],
    ['2026-11-28', DAY],
    ['8 мая 2026 года', '2026-05-08'],
    ['28-го ноября 2026 года', DAY],
    ['28‑е ноября 2026 г', DAY],
    ['28-ноября 2026', DAY],
    ['« 28 » ноября 2026г.', DAY],
    ["'28' ноября 2026", DAY],
    ['„28“ ноября 2026', DAY],
    ['28 НОЯБРЯ 2026 ГОДА', DAY],
    ['28 нояб. 2026', DAY],
    ['28 ноября сего 2026 года', DAY],
    ['28 числа ноября 2026', DAY],
    ['2026 года, 28 ноября', DAY],
    ['28.11.26', DAY],
    ['28. 11. 2026', DAY],
    ['28-11-2026', DAY],
    ['28–11–2026', DAY],
    ['2026.11.28', DAY],
    ['2026/11/28', DAY],
    ['11/28/2026', DAY],
    ['28 қараша 2026 жыл', DAY],
    ['28 қарашада 2026 ж.', DAY],
    ['2026 жылдың 28 қарашасы', DAY],
    ['2026 жылғы қарашаның 28-і', DAY],
    ['2026 жыл, 28 қараша', DAY],
    ['2026 жылғы 28-қарашада', DAY],
    ['28-қараша, 2026 жыл', DAY],
    ['2026 жылдың 28-ші қарашасы', DAY],
    ['28th November 2026', DAY],
    ['28th of November, 2026', DAY],
    ['28th day of November, 2026', DAY],
    ['November 28th, 2026', DAY],
    ['Nov. 28, 2026', DAY],
    ['28-Nov-2026', DAY],
    ['9 мая 2026', '2026-05-09'],
    ['9 марта 2026', '2026-03-09'],
    ['2026 жылғы 9 мамыр', '2026-05-09'],
    ['2026 жылғы 9 маусым', '2026-06-09'],
    ['1-го января 2027 года', '2027-01-01'],
  ])('[DRA-258] a day is read as people write it: %s', (words, day) => {
    expect(daysIn(`Астана, ${words}`).map((found) => [found.words.trim(), found.day])).toEqual([[words, day]])
  })

  it('[DRA-258] the day is the day of closing in Kazakhstan, or it is offered; the place is asked for', () => {
    expect(factsFor('ru').day).toBe(DAY)
    expect(closingFaults(filled('ru', '2026-11-27'), factsFor('ru'))).toMatchObject([
      { kind: 'other-date', found: '27 ноября 2026 года', instead: ['28 ноября 2026 года'] },
    ])
    expect(ofText(replaced(filled('ru'), 'Петропавловск, 28 ноября 2026 года', 'Петропавловск'))).toEqual(['no-date'])
    expect(ofText(replaced(filled('ru'), 'Петропавловск, 28 ноября', '28 ноября'))).toEqual(['no-place'])
    expect(ofText(filled('ru').filter(({ part }) => part !== 'place-and-date'))).toEqual(['no-place', 'no-date'])
  })

  it.each(['1128.11.2026', '28.11.20261', '28 тонн 2026 года', '12.5', 'пункт 3.2', '28 ноября'])(
    '[DRA-258] what names no whole day is none: %s',
    (words) => expect(daysIn(words)).toEqual([]),
  )

  it('[DRA-300] every day of the calendar is read back from the words of each template, and put in its place without a word too many', () => {
    for (const language of LOCALES) {
      for (let at = Date.parse('2026-01-01'); at < Date.parse('2027-01-01'); at += 86_400_000) {
        const day = new Date(at).toISOString().slice(0, 10)
        expect(daysIn(`г. Астана, ${dayWords(language, day)}`)).toMatchObject([{ day, words: dayWords(language, day) }])
      }
    }
  })

  it.each([
    ['№ 5/2026 г. Петропавловск, 28 ноября 2026 года', []],
    ['г. Петропавловск\n28 ноября 2026 г', []],
    ['Дата: 28 ноября 2026 года', ['no-place']],
    ['Место составления: ____, дата 28 қараша 2026 жыл', ['no-place']],
    ['Место: Алматы', ['no-date']],
    ['№ 5', ['no-place', 'no-date']],
  ])('[DRA-301] the place is a word of its own beside the day, the number and what they are called: %s', (words, faults) => {
    expect(ofText(replaced(filled('ru'), 'Петропавловск, 28 ноября 2026 года', words))).toEqual(faults)
  })

  it('[DRA-301] place and day may stand apart above the first heading, whoever wrote the line', () => {
    const [title, placeAndDate, ...rest] = filled('ru')
    if (!title || !placeAndDate) throw new Error('an empty template')
    const apart = [title, withWords(placeAndDate, 'Петропавловск'), block('own', 'paragraph', 0, '28.11.2026'), ...rest]
    expect(ofText(apart)).toEqual([])
  })

  it.each([
    ['Стороны', 'Реквизиты сторон'],
    ['Стороны', '1-бөлім. Тараптар'],
    ['Предмет спора (конфликта)', 'О чём спор'],
    ['Предмет спора (конфликта)', 'Раздел 2 — Описание спора'],
    ['Предмет спора (конфликта)', 'ІІ. Дау неде'],
    ['Обязательства, о которых договорились стороны', 'Стороны договорились о следующем:'],
    ['Обязательства, о которых договорились стороны', 'О чём договорились'],
    ['Обязательства, о которых договорились стороны', 'Тараптар келісті'],
    ['Обязательства, о которых договорились стороны', 'The parties have agreed'],
  ])('[DRA-257] a heading in people’s own words is known without the template’s marks: %s → %s', (was, is) => {
    const unmarked = replaced(filled('ru'), was, is).map((each) => ({ ...each, part: undefined }))
    expect(ofText(unmarked).filter((each) => each.startsWith('no-heading'))).toEqual([])
  })

  it('[DRA-302] a heading and its words may stand in one line; dots, lines and dashes are no words', () => {
    const inline = [
      ...without(without(filled('ru'), 'Медиатор'), 'Стороны'),
      block('p', 'paragraph', 0, 'Стороны: КХ «Береке» и ТОО «Дала Жем»'),
      block('m', 'clause', 1, 'Медиатор: Ерлан Омаров'),
    ]
    expect(ofText(inline)).toEqual([])
    for (const nothing of ['…', '________', '—', 'Медиатор: ____'])
      expect(ofText(filled('ru').map((each) => (each.part === 'subject' ? withWords(each, nothing) : each)))).toContain(
        'no-heading subject',
      )
  })

  it('[DRA-303] what the mediator leaves as it is can be told to the server, in whatever letters it stands', () => {
    for (const word of ['жəне', 'ѳз', 'Кoммерческий'.normalize('NFD'), 'дaла\u0301']) {
      const faults = closingFaults(replaced(filled('ru'), '1 840 000', word), factsFor('ru'))
      const confirmed = confirmedOf(faults)
      expect(confirmed.length, word).toBeGreaterThan(0)
      expect(refusalFor(freezeRequest.input, { versionId: 'v'.repeat(22), revision: 3, confirmed }), word).toBeUndefined()
    }
  })

  it('[DRA-304] a text with more to confirm than the list holds can be closed: how many there are besides is confirmed with the rest', () => {
    const letters = 'бвгджзклмн'
    const faultsOf = (count: number) =>
      closingFaults(
        [
          ...filled('ru'),
          ...Array.from({ length: count }, (_, at) =>
            block(
              `n${at}`,
              'clause',
              1,
              `Дaла${letters[at % 10]}${letters[Math.floor(at / 10) % 10]}${letters[Math.floor(at / 100)] ?? ''}`,
            ),
          ),
        ],
        factsFor('ru'),
      )
    expect(said(faultsOf(MAX_CLOSING_FAULTS)).at(-1)).toBe('mixed-word Дaланнб')
    for (const [count, rest] of [
      [101, '2'],
      [102, '3'],
      [399, '300'],
    ] as const) {
      const faults = faultsOf(count)
      expect(faults).toHaveLength(MAX_CLOSING_FAULTS)
      expect(said(faults).at(-1)).toBe(`more-places ${rest}`)
      expect(faults.every(isToConfirm)).toBe(true)
      const confirmed = confirmedOf(faults)
      expect(refusalFor(freezeRequest.input, { versionId: 'v'.repeat(22), revision: 3, confirmed })).toBeUndefined()
    }
    // one of those that nobody has seen is mended, or another one comes: it is asked anew
    const before = confirmedOf(faultsOf(150)).at(-1)
    expect(faultsOf(151).some((fault) => before !== undefined && isSameFault(fault, before))).toBe(false)
  })

  it('[DRA-259] names stand in it as the case has them now; signs and spaces do not matter', () => {
    const facts = factsFor('ru')
    const renamed = { ...facts, names: [...facts.names, { name: 'Ерлан Омарұлы', duty: 'mediator' as const }] }
    expect(said(closingFaults(filled('ru'), renamed))).toEqual(['missing-name Ерлан Омарұлы'])
    expect(ofText(replaced(filled('ru'), '«Дала Жем»', '"ДАЛА  ЖЕМ"'))).toEqual([])
    expect(ofText(replaced(filled('ru'), 'Дала Жем', 'Дала Жемчуг'))).toEqual(['missing-name ТОО «Дала Жем»'])
  })

  it('[DRA-260] a word that stands in many places is one fault; a list has an end, and says so', () => {
    const many = (count: number, word: (index: number) => string) => [
      ...filled('ru'),
      ...Array.from({ length: count }, (_, index) => block(`n${index}`, 'clause', 1, word(index))),
    ]
    expect(ofText(many(500, () => 'Дaла'))).toEqual(['mixed-word Дaла'])
    const faults = ofText(
      many(
        500,
        (index) => `Дaла${'бвгджзклмн'[index % 10]}${'бвгджзклмн'[Math.floor(index / 10) % 10]}${'бвгджзклмн'[Math.floor(index / 100)]}`,
      ),
    )
    expect(faults).toHaveLength(MAX_CLOSING_FAULTS)
    expect(faults.at(-1)).toBe('more-places 401')
    expect(ofText(many(150, () => '')).at(-1)).toBe('too-many')
    expect(new Set(ofText(many(3, () => ''))).size).toBe(3)
  })

  it('[DRA-255] a word that goes on in the next block is one word', () => {
    const broken = [...filled('ru'), block('x', 'clause', 1, 'Дa'), block('y', 'paragraph', 0, 'ла', { continues: 'x' })]
    expect(ofText(broken)).toEqual(['mixed-word Дaла'])
  })

  it('[DRA-255] whatever stands in a row: looking comes to an end, in a heading, in a line and in the line of the day', () => {
    for (const row of ['12345678', '1.', '28 ноября ', '2026 жылғы ', 'Медиатор: ', '«', ' ', 'x', 'Дaла 1OO ', '–', '11.11.']) {
      const words = row.repeat(4_000)
      const text = [block('d', 'paragraph', 0, words), block('h', 'heading', 2, words), block('c', 'clause', 1, words)]
      expect(closingFaults(text, factsFor('ru')).length).toBeGreaterThan(0)
    }
  })

  it('[DRA-261] what has nothing to be mended has a canonical text, whatever stands in it; what has none has a fault', () => {
    const pieces = ['', ' ', 'Слово', 'Дaла', '\u202e', '1OO', 'Стороны', '北京', '28 ноября 2026 года', 'x'.repeat(301), '\n', 'а\u0301']
    let seed = 11
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 400; round++) {
      const document = filled('ru').map((each) =>
        next(4) === 0 ? withWords(each, `${pieces[next(pieces.length)]}${pieces[next(pieces.length)]}`) : each,
      )
      const toMend = closingFaults(document, factsFor('ru')).filter((fault) => !isToConfirm(fault))
      const { ok } = canonicalText(document)
      if (toMend.length === 0) expect(ok).toBe(true)
      if (!ok) expect(toMend).not.toEqual([])
    }
  })

  // Read over and over for each block or each word, any of these takes minutes.
  it('[DRA-290] a draft that somebody has filled to its bounds is looked through at once, and still has its faults', {
    timeout: 60_000,
  }, () => {
    const MANY = 20_000
    const filledWith = (make: (at: number) => DocumentBlock) => Array.from({ length: MANY }, (_, at) => make(at))
    const one = (text: string) => [block('one', 'paragraph', 0, text, { part: 'place-and-date' })]
    const drafts = [
      filledWith((at) => block(`${at}`, 'heading', 2, `Глава ${at}`)),
      filledWith((at) => block(`${at}`, 'heading', at === 0 ? 2 : 3, `Глава ${at}`)),
      filledWith((at) => block(`${at}`, 'clause', 1 + (at % 6))),
      filledWith((at) => block(`${at}`, 'paragraph', 0, 'аh', at > 0 ? { continues: `${at - 1}` } : {})),
      one(`${'28 ноября 2026 года №'.repeat(MANY)}`),
      one('словаa '.repeat(3 * MANY)),
      one(`а${'ə'.repeat(10 * MANY)}`),
      one('\u202e'.repeat(10 * MANY)),
    ]
    for (const draft of drafts) expect(ofText(draft).length).toBeGreaterThan(0)
  })
})
