// Letters that stand in a draft where a Kazakh one was meant. More of them than a name is refused for: those that are missing in the
// refusals are letters of other people's alphabets, so here they are offered, and the writer decides.
import { LOOK_ALIKES } from './letter-table.ts'

export interface LookAlikePlace {
  /** In UTF-16 units. */
  readonly index: number
  readonly character: string
  /** The Kazakh letter. */
  readonly instead: string
}

/** Each line: a Kazakh letter, small and capital, and what is taken for it by old layouts, converters and readers of scanned pages. */
const OFFERED: readonly (readonly [letters: string, alikes: string])[] = [
  ['әӘ', 'əƏǝƎӛӚ'],
  ['ғҒ', 'ҕҔӷӶ'],
  ['қҚ', 'ҋҊҡҠҟҞҝҜӄӃ'],
  ['ңҢ', 'ӊӉҥҤӈӇŋŊ'],
  ['өӨ', 'ѳѲɵƟӫӪøØ'],
  ['ұҰ', 'ӳӲ'],
  ['іІ', 'iI'],
  // H has the shape of Н
  ['һҺ', 'h'],
]

const INSTEAD: ReadonlyMap<string, string> = new Map(
  OFFERED.flatMap(([letters, alikes]) => [...alikes].map((alike, index) => [alike, letters.charAt(index % 2)] as const)),
)
const ALIKE = new RegExp(`[${[...INSTEAD.keys()].join('')}]`, 'gu')
const WORD = /[\p{L}\p{M}]+/gu
/** Roman figures, in letters of either alphabet. */
const FIGURES = /^[IVXLCDMІХСМ]{2,}$/
const LATIN = /\p{Script=Latin}+/gu

/** A letter that is wrong anywhere in our languages, and any of the others in a word of Cyrillic letters; in `Bitimге` the Latin part is meant. */
export function lookAlikesIn(text: string): readonly LookAlikePlace[] {
  if (text.search(ALIKE) < 0) return []
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    if (FIGURES.test(word)) return []
    const suspect = word.replace(LATIN, (part) => (part.replace(ALIKE, '') === '' ? part : ' '.repeat(part.length)))
    const isCyrillic = /\p{Script=Cyrillic}/u.test(word.replace(ALIKE, ''))
    return [...suspect.matchAll(ALIKE)].flatMap(({ 0: character, index: at }) => {
      const anywhere = LOOK_ALIKES.get(character.codePointAt(0) ?? 0)?.where === 'anywhere'
      return isCyrillic || anywhere ? [{ index: index + at, character, instead: INSTEAD.get(character) ?? '' }] : []
    })
  })
}
