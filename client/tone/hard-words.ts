// Words that close an ear sooner than they open one. Looked for in three languages at once, because people mix them; on the device alone.

/** `words` as they are written; shouting is in the letters, not in the words. */
export type HardWords = { readonly kind: 'person' | 'always' | 'threat'; readonly words: string } | { readonly kind: 'shouting' }

/** One thing at a time: the hardest that stands in the text. */
export function hardWordsIn(text: string): HardWords | undefined {
  const sentences = text.split(SENTENCE_END).map(wordsOf)
  for (const [kind, wordsIn] of KINDS) {
    const words = sentences.map(wordsIn).find((run) => run !== undefined)
    if (words !== undefined) return { kind, words }
  }
  return isShouted(text, sentences.flat()) ? { kind: 'shouting' } : undefined
}

const SENTENCE_END = /[.;:!?\n]+/u

interface Word {
  readonly written: string
  /** Small letters, ё as е, marks composed. */
  readonly plain: string
}

function wordsOf(text: string): readonly Word[] {
  const found = text.normalize('NFC').match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? []
  return found.map((written) => ({ written, plain: written.toLocaleLowerCase('ru').replaceAll('ё', 'е').replaceAll('’', "'") }))
}

const listed = (list: string): readonly string[] => list.split(/\s+/).filter(Boolean)

/** Whole words: as beginnings they would also begin words that hurt nobody. */
const NAMES = new Set(
  listed(`
  вор вора вору вором воры воров ворье тварь твари гад гады гада козел козлы хам хамка хамы дура дуру дурой тупой тупая тупые лох лохи псих сука суки
  врешь врете врет врут врал врала соврал соврала лжешь лжете лжет наглец
  ұры ұрысың ұрысыз ұрылар иттің арсыз арсызсың арсызсыз алдайсың алдайсыз өтірікші өтірікшісің өтірікшісіз сұм сұмсың
  liar liars lying thief thieves crook crooks fool fools moron morons stupid scum bastard bastards cheat cheater cheaters shameless idiotic`),
)

/** Beginnings of words that take endings. */
const BEGINNINGS = listed(`
  дурак дурач идиот кретин дебил придур мошенни жулик ворюг лжец лгун врун врань сволоч подлец подон мерзав негодя скотин урод гнид ублюд хамло
  наглы бессовестн бестолоч бляд хуй хуе пизд ебан ебат мудак мудил
  ақымақ алаяқ сұмырай оңбаған жексұрын нақұрыс есуас екіжүзд бетсіз ұятсыз
  idiot fuck bullshit`)

function personIn(words: readonly Word[]): string | undefined {
  return words.find(({ plain }) => NAMES.has(plain) || BEGINNINGS.some((beginning) => plain.startsWith(beginning)))?.written
}

const OTHER = new Set(listed('ты вы сен сіз сендер сіздер you'))
const ALWAYS = new Set(listed('всегда никогда вечно әрқашан әрдайым үнемі ылғи ешқашан always never'))
/** Between "you" and "always" or "never" stands one word at the most. */
const NEAR = 2

function alwaysOfOther(words: readonly Word[]): string | undefined {
  for (const [at, { plain }] of words.entries()) {
    if (!ALWAYS.has(plain)) continue
    const first = Math.max(0, at - NEAR)
    const other = words.slice(first, at + NEAR + 1).findIndex((each) => OTHER.has(each.plain))
    if (other >= 0) return runOf(words, Math.min(first + other, at), Math.max(first + other, at))
  }
  return undefined
}

/** Beginnings of words that follow one another. */
const THREATS: readonly (readonly string[])[] = [
  ['пожалее'],
  ['уничтож', 'вас'],
  ['уничтож', 'тебя'],
  ['засужу'],
  ['засудим'],
  ['убью'],
  ['прибью'],
  ['за', 'это', 'ответ'],
  ['вам', 'конец'],
  ['тебе', 'конец'],
  ['өкінесі'],
  ['өкінетін', 'бола'],
  ['көресіңді'],
  ['сазайың'],
  ['құртамы'],
  ['өлтір'],
  ['regret', 'this'],
  ['regret', 'it'],
  ["you'll", 'pay', 'for'],
  ['you', 'will', 'pay', 'for'],
  ['destroy', 'you'],
  ['kill', 'you'],
]

function threatIn(words: readonly Word[]): string | undefined {
  const length = (at: number) =>
    THREATS.find((threat) => threat.every((beginning, step) => words[at + step]?.plain.startsWith(beginning)))?.length
  for (const at of words.keys()) {
    const found = length(at)
    if (found) return runOf(words, at, at + found - 1)
  }
  return undefined
}

const KINDS = [
  ['person', personIn],
  ['threat', threatIn],
  ['always', alwaysOfOther],
] as const

const runOf = (words: readonly Word[], from: number, to: number) =>
  words
    .slice(from, to + 1)
    .map(({ written }) => written)
    .join(' ')

/** Names of firms and papers are often written in capitals: a few words of them are no shouting. */
const SHOUTED_WORDS = 4
const SHOUTED_SHARE = 0.7

function isShouted(text: string, words: readonly Word[]): boolean {
  if (/[!！]\s*[!！]\s*[!！]/u.test(text)) return true
  const long = words.filter(({ plain }) => plain.length > 2)
  const capitals = long.filter(({ written }) => written === written.toLocaleUpperCase('ru') && written !== written.toLocaleLowerCase('ru'))
  return capitals.length >= SHOUTED_WORDS && capitals.length >= long.length * SHOUTED_SHARE
}
