// Words in which letters of two alphabets that look alike are mixed (a Latin a in «Дaла»), and letters that stand for digits in a sum.
// What people mix on purpose is no fault: a name with a Kazakh or Russian ending (Bitimге), parts joined by a hyphen (IT-компания).
import { lookAlikesIn } from './look-alikes.ts'

interface MixedWord {
  /** In UTF-16 units. */
  readonly index: number
  readonly word: string
  /** How it would read in one alphabet; the likeliest first. May be empty: then only the writer can say. */
  readonly instead: readonly string[]
}

/** Letters of one shape, place by place. Small letters whose shapes differ in print (к, в, м, т, н) are left out. */
const CYRILLIC = 'АВЕКМНОРСТУХІҺаеорсухіһ'
const LATIN = 'ABEKMHOPCTYXIhaeopcyxih'
const GREEK = 'ΑΒΕΗΙΚΜΝΟΡΤΥΧο'

const TO_CYRILLIC = pairs(LATIN + GREEK, `${CYRILLIC}АВЕНІКМNОРТУХо`)
/** Letters of neighbours' alphabets too: nobody here means them. */
const TO_LATIN = pairs(`${CYRILLIC}ҮЅЈѕј${GREEK}`, `${LATIN}YSJsjABEHIKMNOPTYXo`)

const WORD = /[\p{L}\p{M}]+/gu
const PART = /\p{Script=Cyrillic}+|\p{Script=Latin}+|\p{Script=Greek}+/gu
const FOREIGN = /[\p{Script=Latin}\p{Script=Greek}]/u
const ADDRESS = /[^\s@]{1,64}@[^\s@]{1,255}|(?:https?:\/\/|www\.)\S{1,2000}/gu
const SUM =
  /(?<![\p{L}\p{N}-])(?:\d|З(?=\d\d)|[OОoоΟ](?=[.,]\d))[\dOОoоΟЗlIІ]*(?:[ \u00a0\u202f.,][\dOОoоΟЗ]{1,3}(?![\p{L}\p{N}]))*(?![\p{L}\p{N}-])/gu
/** Groups of letters alone at the end: «5 ООО» counts companies, «100 ООО ₸» is a sum. */
const LAST_LETTERS = /(?:[ \u00a0\u202f.,][OОoоΟЗ]{1,3})+$/u
const MONEY = /^\s{0,2}(?:₸|\$|€|₽|т[её]?[нң]г|тг|руб|kzt|usd|eur)/iu
const DIGITS: Readonly<Record<string, string>> = { O: '0', О: '0', o: '0', о: '0', Ο: '0', З: '3', l: '1', I: '1', І: '1' }

export function mixedWordsIn(text: string): readonly MixedWord[] {
  const found = [...mixedLetters(text), ...lettersAsDigits(text)]
  return found.sort((a, b) => a.index - b.index)
}

function* mixedLetters(text: string): Generator<MixedWord> {
  if (!FOREIGN.test(text) && lookAlikesIn(text).length === 0) return
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const instead = readings(word)
    if (instead) yield { index, word, instead }
  }
}

/** Undefined where nothing is mixed that could be taken for one word. */
function readings(word: string): readonly string[] | undefined {
  const kazakh = withKazakhLetters(word)
  const parts = kazakh.match(PART) ?? []
  const cyrillic = parts.filter(isCyrillic)
  const others = parts.filter((part) => !isCyrillic(part))
  const changed = kazakh === word ? [] : [kazakh]
  if (cyrillic.length === 0 || others.length === 0) return changed.length > 0 ? changed : undefined
  const asCyrillic = exchanged(kazakh, (part) => !isCyrillic(part), TO_CYRILLIC)
  const asLatin = exchanged(kazakh, isCyrillic, TO_LATIN)
  const lettersOf = (them: readonly string[]) => them.reduce((sum, part) => sum + part.length, 0)
  const likeliest = lettersOf(cyrillic) >= lettersOf(others) ? [asCyrillic, asLatin] : [asLatin, asCyrillic]
  const different = likeliest.filter((each) => each !== kazakh)
  if (different.length === 0) return changed.length > 0 ? changed : undefined
  const whole = different.filter((each) => new Set(each.match(PART)?.map(isCyrillic)).size === 1)
  return whole.length > 0 ? whole : different.slice(0, 1)
}

function withKazakhLetters(word: string): string {
  let changed = word
  for (const { index, character, instead } of lookAlikesIn(word).toReversed())
    changed = changed.slice(0, index) + instead + changed.slice(index + character.length)
  return changed
}

function exchanged(word: string, isMeant: (part: string) => boolean, table: ReadonlyMap<string, string>): string {
  return word.replace(PART, (part) => (isMeant(part) && isAll(part, table) ? [...part].map((letter) => table.get(letter)).join('') : part))
}

const isCyrillic = (part: string) => /^\p{Script=Cyrillic}/u.test(part)
const isAll = (part: string, table: ReadonlyMap<string, string>) => [...part].every((letter) => table.has(letter))

function* lettersAsDigits(text: string): Generator<MixedWord> {
  if (!/\d/.test(text)) return
  const words = text.replace(ADDRESS, (address) => ' '.repeat(address.length))
  for (const { 0: found, index } of words.matchAll(SUM)) {
    const isMoney = MONEY.test(words.slice(index + found.length, index + found.length + 8))
    const word = found.replace(LAST_LETTERS, (end) => (isMoney || /\p{L}/u.test(found.slice(0, -end.length)) ? end : ''))
    // a last l or I is a unit or a mark (20l), not a digit
    if (!/\p{L}/u.test(word) || /[lIІ]$/u.test(word)) continue
    yield { index, word, instead: [word.replace(/\p{L}/gu, (letter) => DIGITS[letter] ?? letter)] }
  }
}

function pairs(from: string, to: string): ReadonlyMap<string, string> {
  const letters = [...to]
  return new Map([...from].map((letter, index) => [letter, letters[index] ?? letter]))
}
