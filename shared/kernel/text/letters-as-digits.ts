// Letters that stand for digits in a sum, a date or a number: typed on another layout, or read so from a scanned page.
import type { MixedWord } from './mixed-alphabets.ts'

/** One shape in several alphabets. */
const ZERO = 'OОoоΟ'
const ONE = 'lIІ'
/** Thousands stand apart by a space in threes; behind a point or a comma there may be fewer. */
const GROUP = `(?:[ \\u00a0\\u202f][\\d${ZERO}З]{3}|[.,][\\d${ZERO}З]{1,3})(?![\\p{L}\\p{N}])`
/** A letter begins a number only where what follows it can be nothing else. */
const FIRST = `\\d|З(?=\\d\\d)|б(?=00)|[${ZERO}](?=[.,]\\d|\\d\\.\\d\\d\\.|\\d{8})|[${ONE}](?=[0${ZERO}]{2}|\\d\\d[ \\u00a0\\u202f.,]\\d{3}(?!\\d))`
const SUM = new RegExp(`(?<![\\p{L}\\p{N}-])(?:${FIRST})[\\d${ZERO}З${ONE}]*(?:${GROUP})*(?![\\p{L}\\p{N}-])`, 'gu')
const ADDRESS = /[^\s@]{1,64}@[^\s@]{1,255}|(?:https?:\/\/|www\.)\S{1,2000}/gu
/** Groups of letters alone at the end: «5 ООО» counts companies, «100 ООО ₸» is a sum. */
const LAST_LETTERS = new RegExp(`(?:[ \\u00a0\\u202f.,][${ZERO}З]{1,3})+$`, 'u')
const MONEY = /^\s{0,2}(?:₸|\$|€|₽|т[её]?[нң]г|тг|руб|kzt|usd|eur)/iu
const DIGITS: ReadonlyMap<string, string> = new Map([
  ...[...ZERO].map((letter) => [letter, '0'] as const),
  ...[...ONE].map((letter) => [letter, '1'] as const),
  ['З', '3'],
  ['б', '6'],
])

export function* lettersAsDigits(text: string): Generator<MixedWord> {
  if (!/\d/.test(text)) return
  const words = text.replace(ADDRESS, (address) => ' '.repeat(address.length))
  for (const { 0: found, index } of words.matchAll(SUM)) {
    const isMoney = MONEY.test(words.slice(index + found.length, index + found.length + 8))
    const word = found.replace(LAST_LETTERS, (end) => (isMoney || /\p{L}/u.test(found.slice(0, -end.length)) ? end : ''))
    // a last l or I is a unit or a mark (20l), not a digit
    if (!/\p{L}/u.test(word) || !/\d/.test(word) || /[lIІ]$/u.test(word)) continue
    yield { index, word, instead: [word.replace(/\p{L}/gu, (letter) => DIGITS.get(letter) ?? letter)] }
  }
}
