// Terms of an obligation that have passed before the text is closed. A day that names a paper, begins a period or says since when a debt
// has grown is none.
import { daysIn, MONTH_NAMES } from './days-in-text.ts'
import { obliges, plainWords } from './terms-in-text.ts'

/** Right before a day by which something is to be done. */
const BY =
  /(?<!\p{L})(?:до|к|ко|не позднее|не позже|не позднее чем|срок\p{L}{0,3}|(?:срок|дата|мерзім|deadline|date)\p{L}{0,4}(?: \p{L}{1,30}){0,3} ?[:–—-]|by|until|till|before|due|due on|(?:no|not) later than)(?: (?:конца|концу|the end of|end of))?[\s:–—(-]*$/u
const BY_BEHIND = /^\p{L}{0,4}[\s)]*(?:жылдың |жылғы )?(?:соңына |аяғына )?(?:дейін|кешіктірмей)/u
/** Right before a day since which something is, or which names a paper. */
const SINCE = /(?<!\p{L})(?:от|с|со|начиная с|по|since|from|dated|of|as of)[\s«"“]*$/u
const SINCE_BEHIND = /^\p{L}{0,4}(?:ғы|гі|қы|кі)(?!\p{L})|^\p{L}{0,3}[нтд][ае]н(?!\p{L})/u
const PAPER =
  /(?<!\p{L})(?:договор|соглашени|акт|накладн|счет|счет-|решени|расписк|письм|приказ|чек|протокол|заявлени|иск|квитанци|накладна|шарт|келісім|шот|шешім|қолхат|хат|бұйрық|contract|invoice|agreement|receipt|letter|decision|judgment|№)\p{L}{0,8}(?: \S{1,30}){0,3}[\s«"“]*$/u
/** A debt that grew until then is past as it should be. */
const GREW =
  /(?<!\p{L})(?:накопл|накопи|образов|возник|начисл|выданн|полученн|понес|за период|сложивш|существова|имевш|жинақталған|есептелген|туындаған|берілген|accrued|incurred|arisen|arose)\p{L}{0,10}(?: \S{1,30}){0,3}[\s«"“]*$/u
const YEARS = /(?<![\p{L}\p{N}.])(?<year>(?:19|20)\d{2})(?=\s?(?:г\.|год|жыл|ж\.)|(?!\p{N}))/gu

interface Term {
  readonly index: number
  readonly words: string
  /** The last day that it can mean. */
  readonly last: string
}

/** As they stand in the text. `day` is the day of closing. */
export function passedTerms(text: string, day: string): readonly string[] {
  const days = daysIn(text).map(({ index, words, day: last }) => ({ index, words: withoutEnding(words), last }))
  const isObligation = obliges(plainWords(text))
  const hasMore = days.some(({ last }) => last >= day)
  return [
    ...days.filter((term) => term.last < day && isTerm(text, term, isObligation && !hasMore)),
    ...monthsAndYears(text, days).filter((term) => term.last < day && isTerm(text, term, false)),
  ].map(({ words }) => words.trim())
}

function isTerm(text: string, { index, words }: Term, isBareOne: boolean): boolean {
  const before = nearby(text.slice(Math.max(0, index - 120), index))
  const behind = nearby(text.slice(index + words.length, index + words.length + 40))
  if (SINCE.test(before) || SINCE_BEHIND.test(behind) || GREW.test(before.replace(BY, ''))) return false
  if (BY.test(before) || BY_BEHIND.test(behind)) return true
  return isBareOne && !PAPER.test(before)
}

/** `15 қараша` of `15 қарашаға`: in Kazakh the ending says which part the day plays. */
function withoutEnding(words: string): string {
  const [last = ''] = /\p{L}+$/u.exec(words.toLowerCase()) ?? []
  const lengths = [...MONTH_NAMES.keys()].filter((name) => last.startsWith(name)).map(({ length }) => length)
  return lengths.length > 0 ? words.slice(0, words.length - last.length + Math.max(...lengths)) : words
}

/** `до октября 2026 года`, `by 2025`; not those that are part of a day. */
function monthsAndYears(text: string, days: readonly Term[]): readonly Term[] {
  const isFree = (index: number) => !days.some((each) => index >= each.index && index < each.index + each.words.length)
  const plain = text.toLowerCase()
  return [...plain.matchAll(YEARS)].flatMap(({ index, groups }) => {
    const year = groups?.year ?? ''
    if (!isFree(index)) return []
    const [month] = /\p{L}+(?=\s$)/u.exec(plain.slice(Math.max(0, index - 20), index)) ?? []
    const number = month === undefined ? undefined : monthNamed(month)
    if (month === undefined || number === undefined) return [{ index, words: text.slice(index, index + 4), last: `${year}-12-31` }]
    const from = index - 1 - month.length
    return [{ index: from, words: text.slice(from, index + 4), last: `${year}-${String(number).padStart(2, '0')}-31` }]
  })
}

function monthNamed(word: string): number | undefined {
  const [, number] = [...MONTH_NAMES].find(([month]) => word.startsWith(month.slice(0, Math.max(3, month.length - 1)))) ?? []
  return number
}

/** As it is compared; what it ends or begins with stays. */
function nearby(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ё', 'е').replace(/\s+/gu, ' ')
}
