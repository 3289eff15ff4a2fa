// Words in which letters of two alphabets that look alike are mixed (a Latin a in «Дaла»). What people mix on purpose is no fault: a name
// with a Kazakh or Russian ending (Bitimге), parts joined by a hyphen (IT-компания).
import { lettersAsDigits } from './letters-as-digits.ts'
import { lookAlikesIn } from './look-alikes.ts'

export interface MixedWord {
  /** In UTF-16 units. */
  readonly index: number
  readonly word: string
  /** How it would read in one alphabet; the likeliest first. May be empty: then only the writer can say. */
  readonly instead: readonly string[]
}

/** Letters of one shape, place by place. */
const CYRILLIC = 'АВЕКМНОРСТУХІҺаеорсухіһ'
const LATIN = 'ABEKMHOPCTYXIhaeopcyxih'
const GREEK = 'ΑΒΕΗΙΚΜΝΟΡΤΥΧο'
/** Small letters whose shapes differ in print: read so only where one stands alone among letters of the other alphabet. */
const CYRILLIC_ALONE = 'кмт'
const LATIN_ALONE = 'kmt'

const TO_CYRILLIC = pairs(LATIN + GREEK, `${CYRILLIC}АВЕНІКМNОРТУХо`)
/** Letters of neighbours' alphabets too: nobody here means them. */
const TO_LATIN = pairs(`${CYRILLIC}ҮЅЈѕј${GREEK}`, `${LATIN}YSJsjABEHIKMNOPTYXo`)
const ALONE_TO_CYRILLIC = new Map([...TO_CYRILLIC, ...pairs(LATIN_ALONE, CYRILLIC_ALONE)])
const ALONE_TO_LATIN = new Map([...TO_LATIN, ...pairs(CYRILLIC_ALONE, LATIN_ALONE)])

const WORD = /[\p{L}\p{M}]+/gu
const PART = /\p{Script=Cyrillic}+|\p{Script=Latin}+|\p{Script=Greek}+/gu
const FOREIGN = /[\p{Script=Latin}\p{Script=Greek}]/u
const KAZAKH = /[әғқңөұүіһ]/iu
const ROMAN = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/
/** Forms of companies, whole in Latin letters before a name in Cyrillic ones. */
const COMPANY = /(?<![\p{L}\p{N}])(?:TOO|OOO|AO|KX)(?=\s{0,2}[«"“„]?\p{Script=Cyrillic})/gu

export function mixedWordsIn(text: string): readonly MixedWord[] {
  const sums = [...lettersAsDigits(text)]
  // `5OO`: the number is at fault, not its letters
  const inSums = new Set(sums.flatMap(({ index, word }) => Array.from(word, (_, at) => index + at)))
  const letters = [...mixedLetters(text), ...latinCompanies(text)].filter(({ index }) => !inSums.has(index))
  return [...sums, ...letters].sort((a, b) => a.index - b.index)
}

function* latinCompanies(text: string): Generator<MixedWord> {
  for (const { 0: word, index } of text.matchAll(COMPANY)) yield { index, word, instead: [exchanged(word, () => true, TO_CYRILLIC)] }
}

function* mixedLetters(text: string): Generator<MixedWord> {
  if (!FOREIGN.test(text) && lookAlikesIn(text).length === 0) return
  const isKazakh = KAZAKH.test(text)
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const around = { isKazakh, isAddress: isLabel(text, index, index + word.length) }
    const instead = readings(word, around)
    if (instead) yield { index, word, instead }
  }
}

/** Of an e-mail or a web address: there no ending stands behind a name. */
function isLabel(text: string, from: number, to: number): boolean {
  return /^(?:@|\.[a-z])/iu.test(text.slice(to, to + 2)) || text.charAt(from - 1) === '@'
}

interface Around {
  readonly isKazakh: boolean
  readonly isAddress: boolean
}

/** Undefined where nothing is mixed that could be taken for one word. */
function readings(word: string, { isKazakh, isAddress }: Around): readonly string[] | undefined {
  const kazakh = withKazakhLetters(word)
  const parts = kazakh.match(PART) ?? []
  const cyrillic = parts.filter(isCyrillic)
  const others = parts.filter((part) => !isCyrillic(part))
  const changed = kazakh === word ? [] : [kazakh]
  if (cyrillic.length === 0 || others.length === 0) {
    if (changed.length === 0) return undefined
    return romanIn(word) ?? changed
  }
  const roman = romanIn(word)
  if (roman) return roman
  const asCyrillic = exchanged(kazakh, (part) => !isCyrillic(part), TO_CYRILLIC, ALONE_TO_CYRILLIC)
  const asLatin = exchanged(kazakh, isCyrillic, TO_LATIN, ALONE_TO_LATIN)
  const lettersOf = (them: readonly string[]) => them.reduce((sum, part) => sum + part.length, 0)
  const kazakhReadings = isKazakh ? withKazakhSounds(kazakh, asCyrillic) : [asCyrillic]
  const likeliest = lettersOf(cyrillic) >= lettersOf(others) ? [...kazakhReadings, asLatin] : [asLatin, ...kazakhReadings]
  const different = likeliest.filter((each) => each !== kazakh)
  const whole = different.filter((each) => new Set(each.match(PART)?.map(isCyrillic)).size === 1)
  if (whole.length > 0) return whole
  if (different.length > 0) return different.slice(0, 1)
  if (changed.length > 0) return changed
  return isAddress || holdsStrayLetters(parts) ? [] : undefined
}

/** `ХХI`: figures that all are shapes of Latin ones. */
function romanIn(word: string): readonly string[] | undefined {
  const latin = [...word].map((letter) => TO_LATIN.get(letter) ?? letter).join('')
  return word.length > 1 && latin !== word && /[IVX]/.test(latin) && ROMAN.test(latin) ? [latin] : undefined
}

/** Whoever misses ү and Һ on a keyboard takes y and H for them as well as for у and Н. */
function withKazakhSounds(word: string, read: string): readonly string[] {
  const sounds: Readonly<Record<string, string>> = { y: 'ү', Y: 'Ү', H: 'Һ' }
  const other = [...read].map((letter, index) => sounds[word.charAt(index)] ?? letter).join('')
  if (other === read || other.length !== word.length) return [read]
  const isSoft = /[yY](?!$)/.test(word) && !/[аоұыуя]/iu.test(word)
  return isSoft ? [other, read] : [read, other]
}

/** What no name and no ending is: letters between those of another alphabet, a single one beside them, small ones behind them. */
function holdsStrayLetters([first = '', second = '', ...more]: readonly string[]): boolean {
  if (more.length > 0) return true
  const isCapital = /^\p{Lu}/u.test(second)
  if (isCyrillic(first)) return first.length > 1 && (second.length === 1 || !isCapital)
  // `iКөмек` is a name
  return first.length === 1 && second.length > 1 && !(isCapital && /\p{Ll}/u.test(first))
}

/** Piece by piece: a draft may hold a word of a hundred thousand letters. */
function withKazakhLetters(word: string): string {
  const letters = word.split('')
  for (const { index, instead } of lookAlikesIn(word)) letters[index] = instead
  return letters.join('')
}

type Letters = ReadonlyMap<string, string>

function exchanged(word: string, isMeant: (part: string) => boolean, table: Letters, alone: Letters = table): string {
  return word.replace(PART, (part) => {
    const letters = part.length === 1 ? alone : table
    return isMeant(part) && isAll(part, letters) ? [...part].map((letter) => letters.get(letter)).join('') : part
  })
}

const isCyrillic = (part: string) => /^\p{Script=Cyrillic}/u.test(part)
const isAll = (part: string, table: Letters) => [...part].every((letter) => table.has(letter))

function pairs(from: string, to: string): Letters {
  const letters = [...to]
  return new Map([...from].map((letter, index) => [letter, letters[index] ?? letter]))
}
