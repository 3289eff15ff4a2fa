import { describe, expect, it } from 'vitest'
import { type HardWords, hardWordsIn } from './hard-words.ts'

const kind = (text: string) => hardWordsIn(text)?.kind

describe('words that close an ear', () => {
  it.each<[string, HardWords['kind'], string]>([
    ['Он мошенник, и все это знают', 'person', 'мошенник'],
    ['Вы опять ВРЁТЕ', 'person', 'ВРЁТЕ'],
    ['Сендер алаяқсыңдар', 'person', 'алаяқсыңдар'],
    ['Ол ұры', 'person', 'ұры'],
    ['You are liars.', 'person', 'liars'],
    ['Вы никогда не платили вовремя', 'always', 'Вы никогда'],
    ['Никогда ты не отвечал', 'always', 'Никогда ты'],
    ['Вы нам всегда должны', 'always', 'Вы нам всегда'],
    ['Сіз ешқашан уақытында келмейсіз', 'always', 'Сіз ешқашан'],
    ['You never answer', 'always', 'You never'],
    ['Вы об этом ещё пожалеете', 'threat', 'пожалеете'],
    ['За это ответите', 'threat', 'За это ответите'],
    ['Өкінесіз әлі', 'threat', 'Өкінесіз'],
    ['You’ll pay for it', 'threat', 'You’ll pay for'],
  ])('[TON-1] %s: %s', (text, kind, words) => {
    expect(hardWordsIn(text)).toEqual({ kind, words })
    expect(hardWordsIn(text.normalize('NFD')), 'letters in parts').toEqual({ kind, words })
  })

  it.each(['ВЕРНИТЕ НАМ НАШИ ДЕНЬГИ', 'Верните деньги!!!', 'Верните ! ! !', 'АҚШАМЫЗДЫ ҚАЙТАРЫП БЕРІҢІЗДЕРШІ БІЗГЕ'])(
    '[TON-1] %s: shouting',
    (text) => expect(kind(text)).toBe('shouting'),
  )

  it.each([
    '',
    'Мы предлагаем вернуть 400 000 ₸ до 1 марта.',
    'Товар лежит у ворот, ворота закрыты',
    'Договор с ТОО «АСТАНА СТРОЙ» от 3 мая',
    'Мы всегда платили, и никогда не опаздывали.',
    'Ұрыс болмасын, келісейік',
    'Үйдің құны туралы ұсыныс бар',
    'The foolproof lock was always closed; you know it.',
    'Спасибо!! Ждём ответа',
    'Когда вы ответите на это?',
    'Хороший урожай, твёрдая цена, лохань, псих-центр',
  ])('[TON-1] leaves in peace: %s', (text) => expect(kind(text)).toBeUndefined())

  it('[TON-1] names one thing at a time, the hardest first, and takes any text', () => {
    expect(kind('ТЫ ВСЕГДА ОПАЗДЫВАЕШЬ, ПОЖАЛЕЕШЬ! Врун!!!')).toBe('person')
    expect(kind('ТЫ ВСЕГДА ОПАЗДЫВАЕШЬ, ПОЖАЛЕЕШЬ!!!')).toBe('threat')
    expect(kind('ТЫ ВСЕГДА ОПАЗДЫВАЕШЬ НА ВСТРЕЧИ!!!')).toBe('always')
    expect(kind('всегда '.repeat(20_000))).toBeUndefined()
    expect(kind('\u{1f595}\ud800 \u0000')).toBeUndefined()
  })
})
