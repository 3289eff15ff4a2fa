// Whether words that are about to be put before all come from a private room of this device: a run of five words, or of twenty-five letters,
// that stands there and not among what all read already. Asked when something is pasted, never while one types.
import type { Audience } from '#shared/kernel/audience.ts'

export interface PrivateWords {
  readonly audience: Audience
  readonly text: string
}

const RUN_WORDS = 5
const RUN_LETTERS = 25
/** Of more than this only the beginning is looked at: nobody copies so much from a talk. */
const MOST = 50_000

/** The private room that the words come from; undefined where they come from none. */
export function roomOfWords(pasted: string, apart: readonly PrivateWords[], shared: readonly string[]): Audience | undefined {
  const runs = runsOf(pasted.slice(0, MOST))
  for (const text of shared) {
    if (runs.size === 0) return undefined
    for (const run of eachRun(text)) runs.delete(run)
  }
  return apart.find(({ text }) => holdsOne(text, runs))?.audience
}

function holdsOne(text: string, runs: ReadonlySet<string>): boolean {
  if (runs.size === 0) return false
  for (const run of eachRun(text)) if (runs.has(run)) return true
  return false
}

function runsOf(text: string): Set<string> {
  return new Set(eachRun(text))
}

/** Runs of words keep their blanks, runs of letters have none: one is never taken for the other. */
function* eachRun(text: string): Generator<string> {
  const words = normalised(text)
  for (let at = 0; at + RUN_WORDS <= words.length; at++) yield words.slice(at, at + RUN_WORDS).join(' ')
  const letters = words.join('')
  for (let at = 0; at + RUN_LETTERS <= letters.length; at++) yield letters.slice(at, at + RUN_LETTERS)
}

/** Letters and digits alone, whatever case, marks and blanks were changed on the way. */
function normalised(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLocaleLowerCase('ru')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
