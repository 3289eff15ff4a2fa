// A text by the table of letters: first what nobody meant is taken out, then the first character that may not stand there is named.
// Device and server ask the same two questions; the answer is never more than the asker's own words.
import { KNOWN_EMOJI, SPELLED_FLAGS } from './emoji.ts'
import {
  type CharacterFault,
  LETTER_CLASSES,
  type LetterClass,
  LOOK_ALIKES,
  MAX_MARKS,
  type TextUse,
  type Treatment,
} from './letter-table.ts'
import { PRINTABLE } from './printable.ts'
import { classOf, inRanges } from './ranges.ts'

export type TextFaultKind = CharacterFault | 'marks' | 'look-alike'

export interface FoundFault {
  readonly kind: TextFaultKind
  /** Where it stands in the cleaned text, in UTF-16 units. */
  readonly index: number
  readonly character: string
  /** How many units are too many: a pile of marks is one fault. */
  readonly length: number
  /** The letter that was meant. */
  readonly instead?: string
}

const CLASSES: readonly LetterClass[] = Object.values(LETTER_CLASSES)
const USES = { message: tools('message'), name: tools('name'), document: tools('document') }
/** Stress is marked with it in Russian; it needs a letter of its own. */
const ACCENT = 0x301
const TOO_MANY = new RegExp(`^\\p{M}{${MAX_MARKS + 1}}`, 'u')
/** More marks in a row than anything we keep: ordering them takes the square of their number, so nobody orders them. */
const PILE = /\p{M}{17}/u
/** What nearly every message consists of: it passes letter by letter, and the tables need not be asked. */
const PLAIN_MESSAGE = /^[\n\t -~°«»Ѐ-ҁҊ-ԯ‘’“”„–—…№₸]*$/

function rangesOf(use: TextUse, treatment: (treatment: Treatment) => boolean): string {
  return CLASSES.filter((each) => treatment(each[use]))
    .map(({ ranges }) => classOf(ranges))
    .join('')
}

function tools(use: TextUse) {
  const changed = rangesOf(use, (each) => each === 'drop' || each === 'line' || each === 'space')
  const refused = rangesOf(use, (each) => each !== 'drop' && each !== 'line' && each !== 'space' && each !== 'pass')
  return {
    mayChange: new RegExp(`[${changed}]`, 'u'),
    /** Known emoji are stepped over whole. */
    changing: new RegExp(use === 'message' ? `${KNOWN_EMOJI}|\\r\\n|[${changed}]` : `\\r\\n|[${changed}]`, 'gu'),
    faulty: new RegExp(
      use === 'message'
        ? // emoji that this engine does not know yet are no fault: their places are reserved
          `${SPELLED_FLAGS}|[${refused}]|(?!\\p{Extended_Pictographic})\\p{Cn}|(?:^|[\\s\\p{Z}])\\p{M}+|\\p{M}{${MAX_MARKS + 1},}`
        : `[^${use === 'name' ? '' : '\\n'}${classOf(PRINTABLE)}]|\\u{301}|[${[...LOOK_ALIKES.keys()].map((code) => String.fromCodePoint(code)).join('')}]`,
      'gu',
    ),
  }
}

function treatmentOf(use: TextUse, codePoint: number): Treatment {
  return CLASSES.find(({ ranges }) => inRanges(ranges, codePoint))?.[use] ?? 'pass'
}

/** The text with composed letters and without what nobody meant. Cleaning twice changes nothing more. */
export function cleanText(use: TextUse, text: string): string {
  if (use === 'message' && PLAIN_MESSAGE.test(text)) return text.trim()
  const { mayChange, changing } = USES[use]
  const bare = mayChange.test(text) ? text.replace(changing, (found) => replacement(use, found)) : text
  const whole = PILE.test(bare) ? bare : bare.normalize('NFC')
  return use === 'name' ? whole.replace(/ {2,}/g, ' ').trim() : whole.trim()
}

/** Where cleaning would change what cannot be typed a second time: a character that a message loses, or that another one stands for. */
export function firstLost(text: string): { readonly index: number; readonly character: string } | undefined {
  const { changing } = USES.message
  for (const { 0: found, index } of text.matchAll(changing)) if (replacement('message', found) !== found) return { index, character: found }
  return undefined
}

/** In a text that is being written: what becomes another character, and what nobody can see. */
const UNSEEN = new RegExp(
  `\\r\\n|[${CLASSES.filter((each) => each !== LETTER_CLASSES.lineFeed && each.document !== 'pass' && each.document !== 'unassigned')
    .map(({ ranges }) => classOf(ranges))
    .join('')}]|\\p{Cs}|\\p{Noncharacter_Code_Point}`,
  'gu',
)

/** Words as they come into a text that is being written: cleaned as a document's, but nothing is trimmed and whatever can be seen stays. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (found) => {
    if (found === '\r\n') return '\n'
    const treatment = treatmentOf('document', found.codePointAt(0) ?? 0)
    return treatment === 'line' || treatment === 'space' ? replacement('document', found) : ''
  })
}

function replacement(use: TextUse, found: string): string {
  const treatment = treatmentOf(use, found.codePointAt(0) ?? 0)
  if (treatment === 'drop') return ''
  if (treatment === 'line') return '\n'
  return treatment === 'space' ? ' ' : found
}

/** What may not stand in a text that was cleaned for this use; none of what passes for a name is refused in a document. */
export function firstFault(use: TextUse, text: string): FoundFault | undefined {
  return faultsIn(use, text, 1)[0]
}

export function faultsIn(use: TextUse, text: string, most = 100): readonly FoundFault[] {
  const found: FoundFault[] = []
  if (use === 'message' && PLAIN_MESSAGE.test(text)) return found
  for (const match of text.matchAll(USES[use].faulty)) {
    const fault = faultAt(use, text, match.index, match[0])
    if (fault) found.push(fault)
    if (found.length >= most) break
  }
  return found
}

function faultAt(use: TextUse, text: string, index: number, found: string): FoundFault | undefined {
  const at = (kind: TextFaultKind, skipped = 0, instead?: string): FoundFault => {
    const rest = found.slice(skipped)
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0)
    return { kind, index: index + skipped, character, length: rest.length, ...(instead === undefined ? {} : { instead }) }
  }
  const codePoint = found.codePointAt(0) ?? 0
  if (use === 'message') {
    if (found.startsWith('🏴')) return undefined
    if (TOO_MANY.test(found) && index > 0) return at('marks', [...found].slice(0, MAX_MARKS).join('').length)
    if (/\p{M}/u.test(found)) return at('marks', /^\p{M}/u.test(found) ? 0 : 1)
    return at(refusalOf(codePoint))
  }
  const alike = LOOK_ALIKES.get(codePoint)
  if (alike && (alike.where === 'anywhere' || isInCyrillicWord(text, index, found.length))) return at('look-alike', 0, alike.instead)
  if (codePoint === ACCENT) return /\p{L}$/u.test(text.slice(Math.max(0, index - 2), index)) ? undefined : at('marks')
  if (/\p{M}/u.test(found)) return at('marks')
  const kind = characterFault(codePoint)
  return kind && at(kind)
}

function refusalOf(codePoint: number): CharacterFault {
  const treatment = treatmentOf('message', codePoint)
  return treatment === 'pass' || treatment === 'drop' || treatment === 'line' || treatment === 'space' ? 'unassigned' : treatment
}

function isInCyrillicWord(text: string, index: number, length: number): boolean {
  const before = /[\p{L}\p{M}]*$/u.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? ''
  const after = /^[\p{L}\p{M}]*/u.exec(text.slice(index + length, index + length + 40))?.[0] ?? ''
  return /\p{Script=Cyrillic}/u.test(before + after)
}

/** The text as its author most likely meant it: letters that look alike exchanged, what cannot be seen taken out. What can be seen stays. */
export function mendedText(use: TextUse, text: string): string {
  let mended = cleanText(use, text)
  // what was taken out may leave a mark without its letter; each round makes the text shorter or a letter right
  for (;;) {
    const faults = faultsIn(use, mended, mended.length).filter(({ kind }) => kind !== 'unprintable')
    if (faults.length === 0) return mended
    for (const { index, length, instead } of faults.reverse())
      mended = mended.slice(0, index) + (instead ?? '') + mended.slice(index + length)
    mended = cleanText(use, mended)
  }
}

/** What is wrong in a printed text with one character, or undefined: what decides is the closed list of what the font draws. */
export function characterFault(codePoint: number): CharacterFault | undefined {
  if (inRanges(PRINTABLE, codePoint)) return undefined
  const character = String.fromCodePoint(codePoint)
  if (/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(character)) return 'bidirectional'
  if (/[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u2028\u2029]/u.test(character)) return 'invisible'
  if (/\p{Cc}/u.test(character)) return 'control'
  return /[\p{Cn}\p{Co}\p{Cs}]/u.test(character) ? 'unassigned' : 'unprintable'
}

export function printableCodePoints(): number[] {
  return PRINTABLE.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))
}

/** For names and numbers that are printed beside the text and were not checked like it: what the font lacks becomes an empty box. */
export function printableText(text: string): string {
  return [...text.normalize('NFC')].map((character) => (inRanges(PRINTABLE, character.codePointAt(0) ?? 0) ? character : '\u25a1')).join('')
}

const DECEPTIVE = new RegExp(
  `[${CLASSES.filter(({ deceptive }) => deceptive)
    .map(({ ranges }) => classOf(ranges))
    .join('')}]`,
  'u',
)

/** What no release has ever accepted in a line: it was not stored by us, and is not shown or verified as if it were. */
export function holdsDeceptive(text: string): boolean {
  return text.search(DECEPTIVE) >= 0
}

export function withoutDeceptive(text: string): string {
  return text.replace(DECEPTIVE, '')
}
