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
/** What a date goes on with: `5. 12. 2026`, `5. декабря`. */
const REST_OF_DATE =
  /^\d{1,2}\.\s+\d{2,4}(?!\d)|^(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[яьеюё]м?|ма[йяеё]|марта?|августа?|(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)(?:[дт][ае])?|january|february|march|april|may|june|july|august|september|october|november|december)(?!\p{L})/iu
const BEGINS_SENTENCE = /^["«„“(]?\p{Lu}/u

export function markedLines(lines: readonly PastedLine[]): readonly MarkedLine[] {
  const candidates = lines.map((line) => (line.row ? undefined : candidateIn(`${line.mark ? `${line.mark} ` : ''}${wordsIn(line.runs)}`)))
  const paths = new Paths(candidates)
  return lines.map((line, index) => {
    const candidate = candidates[index]
    if (line.row || line.mark !== undefined) return { line, length: 0, bullet: false }
    const before = lines[index - 1]
    const begins = !before || /[.:;!?]["»”)]*$/.test(wordsIn(before.runs))
    if (
      candidate &&
      line.kind !== 'heading' &&
      isMark(candidate, { paths, index, alone: lines.length === 1, begins: begins && line.kind === 'paragraph' })
    )
      return { line, number: candidate.path, length: candidate.length, bullet: false }
    const bullet = line.kind === 'heading' ? undefined : bulletOf(line)
    return { line, length: bullet?.length ?? 0, bullet: bullet !== undefined }
  })
}

/** Every number that a line begins with, and on which lines it stands. */
class Paths {
  readonly #lines = new Map<string, number[]>()
  /** Those that stand before something else than a sentence. */
  readonly #doubtful = new Set<string>()

  constructor(candidates: readonly (Candidate | undefined)[]) {
    for (const [index, candidate] of candidates.entries()) {
      if (!candidate) continue
      const key = candidate.path.join('.')
      const lines = this.#lines.get(key)
      if (lines) lines.push(index)
      else this.#lines.set(key, [index])
      if (!BEGINS_SENTENCE.test(candidate.rest)) this.#doubtful.add(key)
    }
  }

  has(path: readonly number[]): boolean {
    return this.#lines.has(path.join('.'))
  }
  hasAbove(path: readonly number[], index: number): boolean {
    return (this.#lines.get(path.join('.'))?.[0] ?? index) < index
  }
  hasBelow(path: readonly number[], index: number): boolean {
    return (this.#lines.get(path.join('.'))?.at(-1) ?? index) > index
  }
  beginsSentence(path: readonly number[]): boolean {
    return this.has(path) && !this.#doubtful.has(path.join('.'))
  }
  isSingle(path: readonly number[]): boolean {
    return this.#lines.get(path.join('.'))?.length === 1
  }
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
  readonly paths: Paths
  readonly index: number
  readonly alone: boolean
  /** Of a list; else it may be the end of a sentence whose line was wrapped, or its program shows a mark of its own. */
  readonly begins: boolean
}

function isMark({ path, closed, rest }: Candidate, { paths, index, alone, begins }: Around): boolean {
  const last = path.at(-1) ?? 0
  const follows = paths.hasAbove(before(path), index)
  const isFollowed = [
    [...path.slice(0, -1), last + 1],
    [...path, 1],
  ].some((next) => paths.hasBelow(next, index) && (closed || paths.beginsSentence(next)))
  // `2.5 тонны`: without a sign that closes it, a number is a mark only in a row that begins with its first, before a sentence
  if (!closed) return path.length > 1 && (follows || isFollowed) && countsFromFirst(path, paths)
  // `5.1. аванс` may be the fifth of January
  if (!BEGINS_SENTENCE.test(rest) && couldBeDay(path) && !paths.has(path.slice(0, -1))) return false
  if (follows || isFollowed) return isAnchored(path, paths)
  if (!begins || /^\d/.test(rest) || !paths.isSingle(path)) return false
  return path.length === 1 ? last === 1 || (alone && last < 100) : last === 1 && path.every((each) => each < 10)
}

function couldBeDay(path: readonly number[]): boolean {
  const [day = 0, month = 0] = path
  return path.length === 2 && day <= 31 && month <= 12
}

/** `2.3` follows `2.2`, `2.1` follows `2`. */
function before(path: readonly number[]): readonly number[] {
  const last = path.at(-1) ?? 0
  return last > 1 ? [...path.slice(0, -1), last - 1] : path.slice(0, -1)
}

/** `24.11.` and `24.12.` may be days or hours, unless `24.` or `24.9.` stands there too. */
function isAnchored(path: readonly number[], paths: Paths): boolean {
  const around = path.slice(0, -1)
  const anchors = [around, ...Array.from({ length: 9 }, (_, at) => [...around, at + 1])]
  return path.slice(1).every((each) => each < 10) || anchors.some((each) => paths.has(each))
}

function countsFromFirst(path: readonly number[], paths: Paths): boolean {
  const last = path.at(-1) ?? 0
  return Array.from({ length: last }, (_, at) => [...path.slice(0, -1), at + 1]).every((each) => paths.beginsSentence(each))
}

function bulletOf({ kind, runs }: PastedLine): string | undefined {
  const words = wordsIn(runs)
  return (BULLET.exec(words) ?? (kind === 'paragraph' ? null : DASH.exec(words)))?.[0]
}
