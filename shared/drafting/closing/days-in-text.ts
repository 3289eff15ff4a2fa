// Calendar days as people write them in an agreement, in the three languages and in figures.
import { LOCALES } from '#shared/kernel/locale.ts'
import { monthsIn, TEMPLATE_WORDS } from '../template-words.ts'

export interface DayInText {
  /** In UTF-16 units. */
  readonly index: number
  readonly words: string
  /** `2026-11-22` */
  readonly day: string
}

/** In small letters. */
export const MONTH_NAMES: ReadonlyMap<string, number> = new Map(
  LOCALES.flatMap((locale) => monthsIn(TEMPLATE_WORDS[locale]).map((month, index) => [month.toLowerCase(), index + 1] as const)),
)
/** In each of the languages a month is known by its first letters, however it is declined or cut short; May has two letters in common. */
const KNOWN_LETTERS = 3
const MONTHS: ReadonlyMap<string, number> = new Map([
  ...[...MONTH_NAMES].map(([month, number]) => [month.slice(0, KNOWN_LETTERS), number] as const),
  ...['май', 'мае', 'маю'].map((may) => [may, 5] as const),
])

const MONTH = `(?<month>(?:${[...MONTHS.keys()].join('|')})\\p{L}{0,8})\\.?`
const DASH = '[-\\u2010\\u2011–]'
/** `«28»`, `28-го`, `28th`, `28-і`. */
const DATE = `(?:[«"“„'‘]\\s?)?(?<day>\\d{1,2})(?:\\s?[»"”“'’])?(?:\\s?${DASH}?(?:го|ое|е|ші|шы|інші|ыншы|сі|сы|і|ы|st|nd|rd|th)(?!\\p{L}))?`
const TO_MONTH = `(?:\\s{0,3}${DASH}\\s{0,3}|\\s{0,3})(?:(?:числа|(?:day\\s{1,3})?of)\\s{1,3})?`
const YEAR = '(?<year>\\d{4})'
const OF_YEAR = '(?:жылғы|жылдың|жылы|жыл|ж\\.?|году|года|год|г\\.?)(?!\\p{L})'
const TO_YEAR = `,?(?:${DASH}|\\s{1,3})(?:сего\\s{1,3})?`
const SIGN = `\\s?[./\\u2010\\u2011–-]\\s?`
const FORMS = [
  `${DATE}${TO_MONTH}${MONTH}${TO_YEAR}${YEAR}(?:\\s?${OF_YEAR})?`,
  `${YEAR}(?:\\s{0,3}${OF_YEAR},?|,)\\s{0,3}${DATE}${TO_MONTH}${MONTH}`,
  `${YEAR}\\s{0,3}${OF_YEAR},?\\s{0,3}${MONTH}\\s{1,3}${DATE}`,
  `${MONTH},?\\s{1,3}${DATE},?\\s{1,3}${YEAR}`,
  `(?<day>\\d{1,2})${SIGN}(?<month>\\d{1,2})${SIGN}(?<year>\\d{4}|\\d{2})(?!\\p{N})(?:\\s?${OF_YEAR})?`,
  `${YEAR}${SIGN}(?<month>\\d{1,2})${SIGN}(?<day>\\d{1,2})`,
].map((form) => new RegExp(`(?<![\\p{L}\\p{N}])${form}(?![\\p{N}])`, 'giu'))

export function daysIn(text: string): readonly DayInText[] {
  const found = FORMS.flatMap((form) =>
    [...text.matchAll(form)].map(({ 0: words, index, groups = {} }) => ({ index, words, day: dayOf(groups) })),
  )
  return found.sort((a, b) => a.index - b.index)
}

function dayOf({ day = '', month = '', year = '' }: Readonly<Record<string, string | undefined>>): string {
  const known = MONTHS.get(month.slice(0, KNOWN_LETTERS).toLowerCase()) ?? Number(month)
  // `11/28/2026` can be read in one way alone
  const [first, second] = known > 12 && Number(day) <= 12 ? [known, Number(day)] : [Number(day), known]
  return [year.length === 2 ? `20${year}` : year, two(second), two(first)].join('-')
}

/** The text with those days cut out. */
export function withoutDays(text: string, days: readonly DayInText[]): string {
  const pieces: string[] = []
  let from = 0
  for (const { index, words } of days) {
    pieces.push(text.slice(from, Math.max(from, index)))
    from = Math.max(from, index + words.length)
  }
  return [...pieces, text.slice(from)].join(' ')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
