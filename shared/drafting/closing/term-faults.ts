// Whether each obligation says when it is to be done, as the law on mediation (art. 27(2)) asks, and whether that day is still to come.
// Both are asked, never refused: a reader could be right and this could be wrong.
import type { ArrangedBlock } from '#shared/document/arrange-blocks.ts'
import { wordsOf } from '#shared/document/document-block.ts'
import { clauseNumber } from '#shared/document/text/blocks.ts'
import type { ClosingFacts } from './closing-facts.ts'
import type { ClosingFault } from './closing-fault.ts'
import type { StatedDuties } from './duty-headings.ts'
import { passedTerms } from './passed-terms.ts'
import { namesTerm, obliges, plainWords, speaksOfTerms } from './terms-in-text.ts'

const QUOTE_LENGTH = 100

interface Line {
  readonly line: ArrangedBlock
  readonly words: string
  readonly plain: string
  readonly number: string | undefined
  readonly hasTerm: boolean
  /** Ends with a colon: what follows within it says what it means. */
  readonly isOpen: boolean
}

/** A line with what is written within it. */
interface Branch extends Line {
  readonly within: readonly Branch[]
}

export function termFaults({ beneath }: StatedDuties, { day }: Pick<ClosingFacts, 'day'>): readonly ClosingFault[] {
  const obligations = (beneath.get('obligations') ?? []).map(lineOf)
  const inPart = new Set(obligations.map(({ line }) => line))
  const performance = (beneath.get('performance') ?? []).filter((line) => !inPart.has(line)).map(lineOf)
  const general = [...performance, ...obligations.filter(({ plain }) => speaksOfTerms(plain))].filter(({ hasTerm }) => hasTerm)
  const missing = branchesOf(obligations)
    .flatMap((branch) => withoutTerm(branch))
    .filter((line) => !general.some((term) => coversClause(term, line)))
  return [
    ...missing.map((line): ClosingFault => ({ kind: 'no-term', found: quoteOf(line), ...placeIn(line) })),
    ...[...obligations, ...performance].flatMap((line) =>
      passedTerms(line.words, day).map((found): ClosingFault => ({ kind: 'past-term', found, ...placeIn(line) })),
    ),
  ]
}

function lineOf(line: ArrangedBlock): Line {
  const words = line.blocks.map(wordsOf).join('')
  const plain = plainWords(words)
  const number = line.number && clauseNumber(line.number)
  return { line, words, plain, number, hasTerm: namesTerm(plain), isOpen: plain.endsWith(':') }
}

/** Lines within the clause, or the open line, that they stand beneath. */
function branchesOf(lines: readonly Line[]): readonly Branch[] {
  const top: Branch[] = []
  const open: { readonly rank: number; readonly within: Branch[] }[] = []
  for (const line of lines) {
    const rank = rankOf(line.line)
    while ((open.at(-1)?.rank ?? 0) >= rank) open.pop()
    const within: Branch[] = []
    ;(open.at(-1)?.within ?? top).push({ ...line, within })
    open.push({ rank, within })
  }
  return top
}

/** A clause of depth 2 stands within one of depth 1; a paragraph or an item behind the clause of its own depth. */
function rankOf({ kind, depth }: ArrangedBlock): number {
  return depth + (kind === 'clause' ? 0 : kind === 'item' ? 0.6 : 0.3)
}

/** The obligations of a branch that name no term, the whole branch where none of it does. */
function withoutTerm(branch: Branch, isInherited = false): readonly Line[] {
  const { plain, within, hasTerm, isOpen } = branch
  const own = isInherited ? !isHeld(plain) : obliges(plain)
  if (within.length === 0 || !isOpen) {
    const isTold = hasTerm || within.some((each) => namesAnyTerm(each) && !obliges(each.plain))
    return [...(own && !isTold ? [branch] : []), ...within.flatMap((each) => withoutTerm(each))]
  }
  if (hasTerm) return []
  const isAnswered = within.some(namesAnyTerm)
  if (own && !isAnswered) return [branch]
  return within.flatMap((each) => withoutTerm(each, own))
}

/** Within an open obligation each line is one, but what holds from now on. */
function isHeld(plain: string): boolean {
  return !obliges(`обязан ${plain}`)
}

function namesAnyTerm({ hasTerm, within }: Branch): boolean {
  return hasTerm || within.some(namesAnyTerm)
}

/** A term that names clauses is theirs; one that names none is everybody's. */
function coversClause({ plain }: Line, { number }: Line): boolean {
  const named = clausesNamed(plain)
  if (named.length === 0) return true
  return number !== undefined && named.some((each) => number.startsWith(each))
}

function clausesNamed(plain: string): readonly string[] {
  const found = [
    ...plain.matchAll(
      /(?<!\p{L})(?:п{1,2}\.|пункт\p{L}{0,4}|подпункт\p{L}{0,4}|clauses?) ?((?:\d{1,3}(?:\.\d{1,3}){0,5}\.?(?:, | и | and |–|-)?){1,20})/gu,
    ),
    ...plain.matchAll(/(?<![\p{L}\d.])((?:\d{1,3}(?:\.\d{1,3}){0,5}\.?(?:, | және |–|-)?){1,20})[- ]?(?:тармақ|тармағ)/gu),
  ]
  return found.flatMap(([, numbers = '']) => (numbers.match(/\d+(?:\.\d+)*/g) ?? []).map((each) => `${each}.`))
}

/** `5.1. Поставщик обязуется выплатить…`: where it stands, in words that a certificate can repeat. */
function quoteOf({ words, number }: Line): string {
  const text = words.replace(/\s+/gu, ' ').trim()
  const cut =
    text.length <= QUOTE_LENGTH ? text : `${text.slice(0, QUOTE_LENGTH).replace(/\s*\S*$/u, '') || [...text].slice(0, 50).join('')}…`
  return number ? `${number} ${cut}` : cut
}

function placeIn({ line: { blocks }, number }: Line): Pick<ClosingFault, 'block' | 'clause'> {
  return { block: blocks[0]?.id, clause: number }
}
