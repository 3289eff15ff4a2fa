// Which lines begin with a list's mark: the draft numbers its clauses itself. A number is a mark when it is short, has a space behind it
// and counts on from its neighbours; a date, a sum or an hour is never one. In doubt it stays: a number too many can be taken away by
// whoever sees it, one that is missing is not seen.
import { type PastedLine, wordsIn } from './pasted-lines.ts'

interface MarkedLine {
  readonly line: PastedLine
  /** `2.1.` of a numbered line: [2, 1]. */
  readonly number?: readonly number[]
  /** Letters of the mark at the line's beginning, with the space behind. */
  readonly length: number
  readonly bullet: boolean
}

interface Candidate {
  readonly path: readonly number[]
  readonly closed: boolean
  readonly length: number
  readonly rest: string
}

const NUMBER = /^(\d{1,3}(?:\.\d{1,2}){0,5})([.)]?)\s+(?=\S)/
const BULLET = /^[•·▪◦‣●○■]\s+(?=\S)/
/** In a point of a list a dash before words is its mark; before a figure it may be a minus. */
const DASH = /^[–—-]\s+(?=\D)/
/** What a date goes on with: `5. 12. 2026`. */
const REST_OF_DATE = /^\d{1,2}\.\s+\d{2,4}(?!\d)/

export function markedLines(lines: readonly PastedLine[]): readonly MarkedLine[] {
  const candidates = lines.map((line) => (line.row ? undefined : candidateIn(`${line.mark ? `${line.mark} ` : ''}${wordsIn(line.runs)}`)))
  const paths = new Set(candidates.flatMap((each) => (each ? [each.path.join('.')] : [])))
  return lines.map((line, index) => {
    const candidate = candidates[index]
    if (line.row || line.mark !== undefined) return { line, length: 0, bullet: false }
    const before = lines[index - 1]
    const begins = !before || /[.:;!?]["»”)]*$/.test(wordsIn(before.runs))
    if (
      candidate &&
      line.kind !== 'heading' &&
      isMark(candidate, { paths, alone: lines.length === 1, begins: begins && line.kind === 'paragraph' })
    )
      return { line, number: candidate.path, length: candidate.length, bullet: false }
    const bullet = line.kind === 'heading' ? undefined : bulletOf(line)
    return { line, length: bullet?.length ?? 0, bullet: bullet !== undefined }
  })
}

function candidateIn(words: string): Candidate | undefined {
  const found = NUMBER.exec(words)
  if (!found) return undefined
  const [mark, numbers = '', closing] = found
  const rest = words.slice(mark.length)
  if (closing === '' && !numbers.includes('.')) return undefined
  // `07.` and `1.05.` count nothing; they are hours and dates
  if (numbers.split('.').some((each) => each.startsWith('0')) || REST_OF_DATE.test(rest)) return undefined
  return { path: numbers.split('.').map(Number), closed: closing !== '', length: mark.length, rest }
}

interface Around {
  /** Every number that a line begins with. */
  readonly paths: ReadonlySet<string>
  readonly alone: boolean
  /** Of a list; else it may be the end of a sentence whose line was wrapped, or its program shows a mark of its own. */
  readonly begins: boolean
}

function isMark({ path, closed, rest }: Candidate, { paths, alone, begins }: Around): boolean {
  const last = path.at(-1) ?? 0
  const follows = paths.has(before(path).join('.'))
  const isFollowed = [
    [...path.slice(0, -1), last + 1],
    [...path, 1],
  ].some((next) => paths.has(next.join('.')))
  // `2.5 тонны`: without a sign that closes it, a number is a mark only in a row that begins with its first, before a sentence
  if (!closed) return path.length > 1 && (follows || isFollowed) && countsFromFirst(path, paths) && /^["«„“(]?\p{Lu}/u.test(rest)
  if (follows || isFollowed) return isAnchored(path, paths)
  if (!begins || /^\d/.test(rest)) return false
  return path.length === 1 ? last === 1 || (alone && last < 100) : last === 1 && path.every((each) => each < 10)
}

/** `2.3` follows `2.2`, `2.1` follows `2`. */
function before(path: readonly number[]): readonly number[] {
  const last = path.at(-1) ?? 0
  return last > 1 ? [...path.slice(0, -1), last - 1] : path.slice(0, -1)
}

/** `24.11.` and `24.12.` may be days or hours, unless `24.` or `24.9.` stands there too. */
function isAnchored(path: readonly number[], paths: ReadonlySet<string>): boolean {
  const around = path.slice(0, -1)
  const anchors = [around, ...Array.from({ length: 9 }, (_, at) => [...around, at + 1])]
  return path.slice(1).every((each) => each < 10) || anchors.some((each) => paths.has(each.join('.')))
}

function countsFromFirst(path: readonly number[], paths: ReadonlySet<string>): boolean {
  const last = path.at(-1) ?? 0
  return Array.from({ length: last }, (_, at) => [...path.slice(0, -1), at + 1]).every((each) => paths.has(each.join('.')))
}

function bulletOf({ kind, runs }: PastedLine): string | undefined {
  const words = wordsIn(runs)
  return (BULLET.exec(words) ?? (kind === 'paragraph' ? null : DASH.exec(words)))?.[0]
}
