// Schemas of what people write: names, lines, messages, documents, each with honest limits and asked of the table of letters.
import * as z from 'zod/mini'
import { isBroken } from '#shared/kernel/text/broken-text.ts'
import { cleanText, holdsDeceptive } from '#shared/kernel/text/clean-text.ts'
import type { TextUse } from '#shared/kernel/text/letter-table.ts'
import { secretProblem, type TextProblem, textProblem, wordsProblem } from './text-reasons.ts'

/** A check for texts that are read by nobody (passwords). */
export const unbroken = z.refine<string>((text) => !isBroken(text))

/** Far beyond its limit a text is not even cleaned: it is refused for its length. */
const CLEANED_UP_TO = 4

/** By the table of letters: cleaned for its use, then refused with the first character that may not stand there. */
function lettersField(use: TextUse, { min, max }: { min: number; max: number }) {
  return z.string().check(
    z.overwrite((text) => (text.length > max * CLEANED_UP_TO ? text : cleanText(use, text))),
    z.minLength(min),
    z.maxLength(max),
    lettersOf(use, max),
  )
}

/** The check alone, for fields that clean in a way of their own. */
export function lettersOf(use: TextUse, max: number) {
  return namedCheck((text) => (text.length > max ? undefined : textProblem(use, text)))
}

/** The check for words that are named as they stand in an agreement's text: closing has found something about their very letters. */
export const wordsOfText = namedCheck(wordsProblem)

/** What is kept to the letter and has to be typed again. */
export const secretLetters = namedCheck(secretProblem)

function namedCheck(problemIn: (text: string) => TextProblem | undefined) {
  return z.check<string>(({ value, issues }) => {
    const problem = problemIn(value)
    if (problem) issues.push({ code: 'custom', input: value, params: problem })
  })
}

/** One line that people read aloud or print: a name, a title, a place. */
export const lineField = (max: number) => lettersField('name', { min: 1, max })

/** A line that may stay empty. */
export const optionalLineField = (max: number) => lettersField('name', { min: 0, max })

/** Lines that stand in the agreement. */
export const documentField = (max: number) => lettersField('document', { min: 1, max })

/** What people say to each other, with line breaks and emoji. */
export const textField = (max: number) => lettersField('message', { min: 1, max })

/** What somebody has begun to write and will be judged when it is done: as lenient as a message. */
export const unfinishedField = (max: number) => lettersField('message', { min: 0, max })

/** A line as it was once accepted and stored: whatever later releases refuse at the door still reads. */
export function storedLine(max: number) {
  return z.string().check(
    z.minLength(1),
    z.maxLength(max),
    z.refine((text) => !holdsDeceptive(text) && !/[\t\n]/.test(text)),
  )
}

/** Lines of the agreement as they were once accepted. */
export function storedLines(max: number) {
  return z.string().check(
    z.minLength(1),
    z.maxLength(max),
    z.refine((text) => !holdsDeceptive(text)),
  )
}

/** What was said, as it was once accepted. */
export const storedText = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
