// What stands in the way of closing a text for signing: everything at once, for the writer's screen and for the server alike. What the law
// on mediation (art. 27(2)) or the paper cannot do without has to be mended; where a reader could be right and this could be wrong, the
// mediator confirms it.
import type { CaseState } from '#shared/cases/case-state.ts'
import { type ArrangedBlock, arrangeBlocks } from '#shared/document/arrange-blocks.ts'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { emptyHeadings } from '#shared/document/empty-headings.ts'
import { clauseNumber } from '#shared/document/text/blocks.ts'
import { findCharacters } from '#shared/document/text/inline.ts'
import { mixedWordsIn } from '#shared/kernel/text/mixed-alphabets.ts'
import { type HeadedDuty, TEMPLATE_WORDS } from '../template-words.ts'
import { type ClosingFacts, closingFactsOf } from './closing-facts.ts'
import { type ClosingFault, isToConfirm } from './closing-fault.ts'
import { type DayInText, daysIn, withoutDays } from './days-in-text.ts'
import { type StatedDuties, statedDuties } from './duty-headings.ts'
import { termFaults } from './term-faults.ts'

/** A list that people can still read. */
export const MAX_CLOSING_FAULTS = 100
/** What the law cannot do without, and what stands elsewhere where a heading of its own is missing. */
const NEEDED: readonly HeadedDuty[] = ['parties', 'mediator', 'subject', 'obligations']
const EXPECTED: readonly HeadedDuty[] = ['performance', 'consequences']

/** Of the case as it is at this moment; undefined where nobody knows the case yet. */
export function faultsOfCase(
  document: readonly DocumentBlock[],
  state: Pick<CaseState, 'facts'>,
  now: number,
): readonly ClosingFault[] | undefined {
  const facts = closingFactsOf(state, now)
  return facts && closingFaults(document, facts)
}

export function closingFaults(document: readonly DocumentBlock[], facts: ClosingFacts): readonly ClosingFault[] {
  const lines = arrangeBlocks(document)
  const duties = statedDuties(lines)
  const mend = [...printFaults(document, lines), ...placeAndDateFaults(lines, facts), ...missingDuties(duties, facts)]
  const confirm = [
    ...expectedDuties(duties, facts),
    ...headingFaults(lines),
    ...nameFaults(lines, duties, facts),
    ...termFaults(duties, facts),
    ...wordFaults(lines),
  ]
  return withinList(mend, confirm)
}

/** Each fault once, at its first place; what has to be mended first. What the list has no room for is said to be there, and how many. */
function withinList(mend: readonly ClosingFault[], confirm: readonly ClosingFault[]): readonly ClosingFault[] {
  const once = new Map([...mend, ...confirm].map((fault) => [keyOf(fault), fault] as const).reverse())
  const all = [...mend, ...confirm].filter((fault) => once.get(keyOf(fault)) === fault)
  if (all.length <= MAX_CLOSING_FAULTS) return all
  const rest = all.slice(MAX_CLOSING_FAULTS - 1)
  const more: ClosingFault = rest.every(isToConfirm) ? { kind: 'more-places', found: String(rest.length) } : { kind: 'too-many', found: '' }
  return [...all.slice(0, MAX_CLOSING_FAULTS - 1), more]
}

/** An empty clause is the same one only at its place. */
function keyOf({ kind, found, block }: ClosingFault): string {
  return kind === 'empty-clause' ? `${kind} ${block}` : `${kind} ${found}`
}

function missingDuties({ stated, named }: StatedDuties, { language }: ClosingFacts): readonly ClosingFault[] {
  return NEEDED.filter((duty) => !stated.has(duty)).map((duty) => {
    const heading = named.get(duty)
    return { kind: 'no-heading', found: duty, ...(heading ? { block: heading.id } : { instead: [TEMPLATE_WORDS[language][duty]] }) }
  })
}

/** Where the heading stands, it is an empty one. */
function expectedDuties({ stated, named }: StatedDuties, { language }: ClosingFacts): readonly ClosingFault[] {
  return EXPECTED.filter((duty) => !stated.has(duty) && !named.has(duty)).map((duty) => ({
    kind: 'missing-heading',
    found: duty,
    instead: [TEMPLATE_WORDS[language][duty]],
  }))
}

/** What the paper cannot hold: asked of the canonical text itself, and found again at its places. */
function printFaults(document: readonly DocumentBlock[], lines: readonly ArrangedBlock[]): readonly ClosingFault[] {
  const canonical = canonicalText(document)
  if (canonical.ok) return []
  const kinds = new Set(canonical.faults.map(({ fault }) => fault))
  const faults: ClosingFault[] = []
  if (kinds.has('empty-document')) faults.push({ kind: 'empty-text', found: '' })
  if (kinds.has('too-long')) faults.push({ kind: 'too-long', found: '' })
  for (const line of kinds.has('empty-clause') ? lines : []) {
    if (line.empty && line.number) faults.push({ kind: 'empty-clause', found: clauseNumber(line.number), ...placeIn(line) })
  }
  for (const line of kinds.has('character') ? lines : []) {
    for (const { codePoint } of findCharacters(
      wordsIn(line)
        .normalize('NFC')
        .replaceAll(/[\r\n\t]|\p{Zs}/gu, ' '),
    ))
      faults.push({ kind: 'character', found: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`, ...placeIn(line) })
  }
  if (faults.length === 0 || kinds.has('too-many-faults')) faults.push({ kind: 'too-many', found: '' })
  return faults
}

/** Place and day stand where the template put them, or above the first heading within the text. */
export function placeAndDateLines(lines: readonly ArrangedBlock[]): readonly ArrangedBlock[] {
  const first = lines.findIndex(({ kind, depth, empty, number }) => number || (kind === 'heading' && depth > 1 && !empty))
  const above = first < 0 ? lines.length : first
  const isOwn = ({ blocks }: ArrangedBlock) => blocks.some(({ part }) => part === 'place-and-date')
  return lines.filter((line, index) => !line.empty && line.kind !== 'heading' && (index < above || isOwn(line)))
}

/** What stands beside a place and a day without being either. */
const LABELS =
  /(?<!\p{L})(?:место|дата|день|составлени[яе]|заключени[яе]|подписани[яе]|город|от|орны|күні|қаласы|place|date|city|dated)(?!\p{L})/giu

function placeAndDateFaults(lines: readonly ArrangedBlock[], { day, dayWords }: ClosingFacts): readonly ClosingFault[] {
  const standing = placeAndDateLines(lines)
  const read = standing.map((line) => ({ line, days: daysIn(wordsIn(line)) }))
  const days = read.flatMap(({ line, days: found }) => found.map((each) => ({ ...each, line })))
  const faults: ClosingFault[] = []
  const at = standing[0] && placeIn(standing[0])
  if (!read.some(namesPlace)) faults.push({ kind: 'no-place', found: '', ...at })
  const [first] = days
  if (!first) faults.push({ kind: 'no-date', found: '', ...at, instead: [dayWords] })
  else if (days.every((found) => found.day !== day))
    faults.push({ kind: 'other-date', found: first.words, ...placeIn(first.line), instead: [dayWords] })
  return faults
}

/** Besides the day, the number of the case, and what they are called. */
function namesPlace({ line, days }: { line: ArrangedBlock; days: readonly DayInText[] }): boolean {
  return /\p{L}{2}/u.test(
    withoutDays(wordsIn(line), days)
      .replace(/(?:no\.|№)\s*\S*/giu, ' ')
      .replace(LABELS, ' '),
  )
}

function headingFaults(lines: readonly ArrangedBlock[]): readonly ClosingFault[] {
  return emptyHeadings(lines).map((line) => ({ kind: 'empty-heading', found: wordsIn(line).trim().slice(0, 160), ...placeIn(line) }))
}

/** As the case has them now: a name that was corrected since is missed. */
function nameFaults(lines: readonly ArrangedBlock[], { stated }: StatedDuties, { names }: ClosingFacts): readonly ClosingFault[] {
  const text = ` ${comparable(lines.map(wordsIn).join('\n'))} `
  return names
    .filter(({ name }) => !text.includes(` ${comparable(name)} `))
    .map(({ name, duty }) => ({ kind: 'missing-name', found: name.slice(0, 160), block: stated.get(duty)?.id }))
}

/** Signs and spaces between words mean nothing for a name. */
function comparable(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** A word can begin in one block and end in the next. */
function wordFaults(lines: readonly ArrangedBlock[]): readonly ClosingFault[] {
  return lines.flatMap((line) =>
    mixedWordsIn(wordsIn(line)).map(
      ({ word, instead }): ClosingFault => ({ kind: 'mixed-word', found: word.slice(0, 160), ...placeIn(line), instead }),
    ),
  )
}

function wordsIn({ blocks }: ArrangedBlock): string {
  return blocks.map(wordsOf).join('')
}

function placeIn({ blocks, number }: ArrangedBlock): Pick<ClosingFault, 'block' | 'clause'> {
  return { block: blocks[0]?.id, clause: number && clauseNumber(number) }
}
