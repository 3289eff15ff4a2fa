// Calendar days as people write them in an agreement, in the three languages and in figures.
import { LOCALES } from '#shared/kernel/locale.ts'
import { monthsIn, TEMPLATE_WORDS } from '../template-words.ts'

interface DayInText {
  /** In UTF-16 units. */
  readonly index: number
  readonly words: string
  /** `2026-11-22` */
  readonly day: string
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  LOCALES.flatMap((locale) => monthsIn(TEMPLATE_WORDS[locale]).map((month, index) => [month.toLowerCase(), index + 1] as const)),
)
const MONTH = `(?<month>${[...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|')})`
const DATE = '[«"“]?(?<day>\\d{1,2})[»"”]?'
const YEAR = '(?<year>\\d{4})'
const FORMS = [
  `${DATE}\\s{1,3}${MONTH},?\\s{1,3}${YEAR}(?:\\s?(?:года|год|г\\.))?`,
  `${YEAR}\\s{0,3}(?:жылғы|жылдың|жылы|ж\\.)\\s{0,3}${DATE}\\s{1,3}${MONTH}`,
  `${MONTH}\\s{1,3}${DATE},?\\s{1,3}${YEAR}`,
  `(?<day>\\d{1,2})[./](?<month>\\d{1,2})[./]${YEAR}(?:\\s?(?:года|год|г\\.|ж\\.))?`,
  `${YEAR}-(?<month>\\d{2})-(?<day>\\d{2})`,
].map((form) => new RegExp(`(?<![\\p{L}\\p{N}])${form}(?![\\p{N}])`, 'giu'))

export function daysIn(text: string): readonly DayInText[] {
  const found = FORMS.flatMap((form) =>
    [...text.matchAll(form)].map(({ 0: words, index, groups }) => {
      const month = MONTHS.get(groups?.month?.toLowerCase() ?? '') ?? Number(groups?.month)
      return { index, words, day: [groups?.year, two(month), two(Number(groups?.day))].join('-') }
    }),
  )
  return found.sort((a, b) => a.index - b.index)
}

/** The text with those days cut out. */
export function withoutDays(text: string, days: readonly DayInText[]): string {
  const pieces: string[] = []
  let from = 0
  for (const { index, words } of days) {
    pieces.push(text.slice(from, Math.max(from, index)))
    from = Math.max(from, index + words.length)
  }
  return [...pieces, text.slice(from)].join('')
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
