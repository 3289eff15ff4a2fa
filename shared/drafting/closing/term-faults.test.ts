import { describe, expect, it } from 'vitest'
import { arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import { isToConfirm } from './closing-fault.ts'
import { statedDuties } from './duty-headings.ts'
import { termFaults } from './term-faults.ts'

const DAY = '2026-11-28'

/** `2 - words`: an item within a clause of depth 2; `2 words`: a clause; `p words`: a paragraph within what is before it. */
function linesOf(lines: readonly string[], from: string): readonly DocumentBlock[] {
  let depth = 0
  return lines.map((line, index) => {
    const [, sign = '1', item, words = ''] = /^(\d|p)? ?(- )?(.*)$/s.exec(line) ?? []
    if (sign !== 'p') depth = Number(sign)
    return block(`${from}${index}`, item ? 'item' : sign === 'p' ? 'paragraph' : 'clause', depth, words)
  })
}

function faultsIn(obligations: readonly string[], performance: readonly string[] = []) {
  const document = [
    block('o', 'heading', 2, 'Обязательства'),
    ...linesOf(obligations, 'o'),
    block('p', 'heading', 2, 'Способы и сроки исполнения обязательств'),
    ...linesOf(performance, 'p'),
    block('c', 'heading', 2, 'Последствия неисполнения'),
    block('c1', 'clause', 1, 'Должник уплатит пеню. Срок был до 1 января 2020 года.'),
  ]
  return termFaults(statedDuties(arrangeBlocks(document)), { day: DAY })
}
const ofKind = (kind: string, obligations: readonly string[], performance: readonly string[] = []) =>
  faultsIn(obligations, performance).flatMap((fault) => (fault.kind === kind ? [fault.found] : []))

const PAYS = 'ТОО «Дала Жем» уплатит КХ «Береке» 500 000 ₸'

describe('terms of obligations', () => {
  it.each([
    `${PAYS}.`,
    'Ответчик обязуется передать истцу станок.',
    'Вернуть залог в размере 300 000 тенге.',
    'Поставщик вернёт долг по договору № 5 от 12.03.2025 года.',
    'Заказчик обязуется погасить долг по расписке от 1 марта 2025 г.',
    'Возврат 1 250 000 тенге на счёт истца.',
    'Ответчик передаст истцу автомобиль 2015 года выпуска.',
    'Сосед перенесёт забор на 0,5 м.',
    'Подрядчик переделает крышу за свой счёт.',
    'Айгүл Сейтқали ақшаны қайтаруға міндеттенеді.',
    'Жауапкер 500 000 теңге төлейді.',
    'Жауапкер 2025 жылғы 12 наурыздағы шарт бойынша қарызды қайтарады.',
    'Пәтердің кілтін беру.',
    'The respondent shall pay 500,000 KZT to the claimant.',
    'The supplier agrees to replace the doors.',
    'Вернёт деньги за семью и детей.',
  ])('[DRA-340] an obligation that names none is asked about: %s', (words) => {
    const [fault, ...more] = faultsIn([words])
    expect(more).toEqual([])
    expect(fault).toMatchObject({ kind: 'no-term', clause: '1.', block: 'o0', found: `1. ${words}` })
    expect(fault && isToConfirm(fault)).toBe(true)
  })

  it.each([
    `${PAYS} до 15.12.2026.`,
    `${PAYS} 15 декабря 2026 г.`,
    `${PAYS} до 15 декабря.`,
    `${PAYS} в декабре 2026 года.`,
    `${PAYS} в 2027 году.`,
    `${PAYS} до 1.12.`,
    `${PAYS} в течение 10 дней.`,
    `${PAYS} в течение 10 (десяти) рабочих дней.`,
    `${PAYS} в течение месяца.`,
    `${PAYS} через две недели.`,
    `${PAYS} не позднее пяти банковских дней со дня подписания.`,
    `${PAYS} до конца года.`,
    `${PAYS} в IV квартале.`,
    `${PAYS} ежемесячно, равными частями.`,
    `${PAYS} каждый месяц.`,
    `${PAYS} 5 числа каждого месяца.`,
    `${PAYS} раз в неделю.`,
    `${PAYS} при подписании соглашения.`,
    `${PAYS} сразу после подписания.`,
    `${PAYS} в день подписания.`,
    `${PAYS} по графику (приложение 1).`,
    `${PAYS} по первому требованию.`,
    `${PAYS} в следующую пятницу.`,
    `${PAYS} двумя частями: 1 декабря и 1 января.`,
    'Отец будет забирать ребёнка по субботам. Он обязуется возвращать его вечером.',
    'Жауапкер 500 000 теңгені 2026 жылғы 15 желтоқсанға дейін төлейді.',
    'Жауапкер 500 000 теңгені 15 желтоқсанда төлейді.',
    'Жауапкер айына 50 000 теңге төлейді.',
    'Жауапкер ай сайын 50 000 теңге төлейді.',
    'Жауапкер 10 күн ішінде 500 000 теңге төлейді.',
    'Жауапкер бір ай ішінде 500 000 теңге төлейді.',
    'Жауапкер жыл соңына дейін 500 000 теңге төлейді.',
    'Жауапкер қол қойылған күні 500 000 теңге төлейді.',
    'Жауапкер ақшаны бірден қайтарады.',
    'The respondent shall pay 500,000 KZT by December 2026.',
    'The respondent shall pay within ten days.',
    'The respondent shall pay 50,000 KZT every month.',
    'The respondent shall pay by the end of the year.',
    'The respondent pays on the day of signing.',
  ])('[DRA-341] a term is known as people write it: %s', (words) => {
    expect(faultsIn([words])).toEqual([])
  })

  it.each([
    'Стороны не имеют взаимных претензий.',
    'Истец отказывается от остальной части требований.',
    'Ответчик обязуется не распространять сведения об истце.',
    'Ответчик не будет звонить истцу.',
    'Стороны обязуются соблюдать тишину.',
    'Стороны обязуются сохранять в тайне то, о чём говорили.',
    'Ответчик признаёт долг 500 000 ₸.',
    'Истец прощает неустойку.',
    'Каждая сторона несёт свои расходы.',
    'Отец видится с ребёнком каждую субботу с 10:00 до 18:00.',
    'Кредитор простит долг, возникший до 1 января 2025 года.',
    'Квартира остаётся за истцом.',
    '1 840 000 ₸',
    'Тараптардың бір-біріне талаптары жоқ.',
    'Жауапкер бұл туралы ешкімге айтпауға міндеттенеді.',
    'Талапкер қалған талаптардан бас тартады.',
    'The parties have no claims against each other.',
    'The respondent shall not contact the claimant.',
    'The claimant waives the penalty.',
  ])('[DRA-342] what holds from now on, or lays nothing on anybody, needs none: %s', (words) => {
    expect(faultsIn([words])).toEqual([])
  })

  it('[DRA-343] a term may stand beside: within the clause, under the heading for terms, in a line about all of them', () => {
    expect(ofKind('no-term', [`1 ${PAYS}.`, 'p Не позднее 1 декабря.'])).toEqual([])
    expect(ofKind('no-term', [`1 ${PAYS}:`, '2 250 000 ₸ до 1 декабря;', '2 250 000 ₸ до 1 января.'])).toEqual([])
    expect(ofKind('no-term', [`1 ${PAYS} до 1 декабря:`, '2 250 000 ₸ на карту;', '2 250 000 ₸ на счёт.'])).toEqual([])
    expect(ofKind('no-term', [`1 ${PAYS}.`], ['1 Деньги переводят до 1 декабря.'])).toEqual([])
    expect(ofKind('no-term', [`1 ${PAYS}.`, '1 Вернуть станок.', '1 Срок исполнения: 10 дней.'])).toEqual([])
    expect(ofKind('no-term', [`1 ${PAYS}.`, '1 Вернуть станок.'], ['1 По пункту 1: до 1 декабря.'])).toEqual(['2. Вернуть станок.'])
    expect(ofKind('no-term', [`1 ${PAYS}.`, '1 Вернуть станок.'], ['1 По пунктам 1 и 2 – до 1 декабря.'])).toEqual([])
    expect(ofKind('no-term', [`1 ${PAYS}.`, '1 Станокты қайтару.'], ['1 2-тармақ бойынша – 1 желтоқсанға дейін.'])).toEqual([`1. ${PAYS}.`])
    expect(ofKind('no-term', [`1 ${PAYS}.`], ['1 Деньги переводят на карту.'])).toHaveLength(1)
  })

  it('[DRA-343] of several within one clause each is asked about, the clause itself where none of them names a term', () => {
    const parts = ['1 Ответчик обязуется:', '- передать документы;', '- вернуть ключи до 1 декабря;', '- не звонить истцу.']
    expect(ofKind('no-term', parts)).toEqual(['передать документы;'])
    expect(ofKind('no-term', ['1 Ответчик обязуется:', '- передать документы;', '- вернуть ключи.'])).toEqual(['1. Ответчик обязуется:'])
    expect(ofKind('no-term', ['1 Стороны договорились:', '2 уплатить 5 000 ₸;', '2 вернуть ключи до 1 декабря.'])).toEqual([
      '1.1. уплатить 5 000 ₸;',
    ])
    expect(ofKind('no-term', [`1 ${PAYS} ${'очень длинными словами '.repeat(20)}`])[0]).toMatch(/^1\. ТОО .{60,100}…$/)
  })

  it.each([
    [`${PAYS} до 15.11.2026.`, '15.11.2026'],
    [`${PAYS} не позднее 27 ноября 2026 года.`, '27 ноября 2026 года'],
    [`${PAYS} 15 ноября 2026 года.`, '15 ноября 2026 года'],
    [`${PAYS} до октября 2026 года.`, 'октября 2026'],
    [`${PAYS} до конца 2025 года.`, '2025'],
    [`${PAYS}: 250 000 ₸ до 1 ноября 2026 г., остальное до 1 декабря 2026 г.`, '1 ноября 2026 г.'],
    ['Срок оплаты: 01.11.2026', '01.11.2026'],
    ['Жауапкер 500 000 теңгені 2026 жылғы 15 қарашаға дейін төлейді.', '2026 жылғы 15 қараша'],
    ['The respondent shall pay by 15 November 2026.', '15 November 2026'],
    ['The respondent shall pay before October 2026.', 'October 2026'],
  ])('[DRA-344] a term that has passed is asked about: %s', (words, found) => {
    expect(ofKind('past-term', [words])).toEqual([found])
    expect(ofKind('past-term', ['Ответчик заплатит.'], [words])).toEqual([found])
  })

  it.each([
    `${PAYS} до 28 ноября 2026 года.`,
    `${PAYS} до ноября 2026 года.`,
    `${PAYS} до конца 2026 года.`,
    `${PAYS} до 15 декабря.`,
    `${PAYS} по договору от 01.02.2025 в течение 10 дней.`,
    `${PAYS} по договору № 7, заключённому 1 февраля 2025 года, до 15.12.2026.`,
    `${PAYS} долга, накопленного до 1 ноября 2026 года, за 10 дней.`,
    `${PAYS} за период с 1 января 2026 года по 1 ноября 2026 года, до 15.12.2026.`,
    `${PAYS} по расписке 12.03.2024 в течение 10 дней.`,
    'Долг возник до 1 ноября 2026 года.',
    'Первая часть уплачена 1 ноября 2026 года.',
    'Жауапкер 2025 жылғы 12 наурыздағы шарт бойынша 10 күн ішінде төлейді.',
    'The respondent shall pay the invoice of 12 March 2025 within ten days.',
    'Алименты с 1 ноября 2026 года ежемесячно платит отец.',
  ])('[DRA-344] a day that names a paper, a beginning or what was before is no term: %s', (words) => {
    expect(ofKind('past-term', [words])).toEqual([])
  })

  it('[DRA-344] a line of any length is read to its end, or as far as a clause goes', () => {
    const odd = ['1'.repeat(100_000), '1 '.repeat(50_000), 'до '.repeat(30_000), '2025 '.repeat(20_000), '1 а '.repeat(30_000)]
    for (const words of odd)
      expect(ofKind('past-term', [`${PAYS} ${words}`, `${words} до 1 ноября 2026 года.`])).toContain('1 ноября 2026 года')
  })
})
