// Lines for whoever reads them: a person, a file, or another program that may stop reading whenever it has seen enough (`| head`). Whatever
// a line carries (a name from a file, a path, a message of a database), it commands no terminal, ends no line, and nothing in it is unseen.

/** As shared/kernel/text/visible-text.ts has it, written once more because `npm start` runs before any package is installed. */
const UNSEEN_MARKS =
  '\\u{34f}|\\u{115f}|\\u{1160}|\\u{17b4}|\\u{17b5}|[\\u{180b}-\\u{180f}]|\\u{2800}|\\u{3164}|[\\u{fe00}-\\u{fe0f}]|\\u{ffa0}|[\\u{e0100}-\\u{e01ef}]'
const HIDDEN = new RegExp(`[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]|${UNSEEN_MARKS}`, 'gu')

/** `\u{1b}` for an escape, and so on. */
export function visibleLine(line) {
  return line.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0).toString(16)}}`)
}

/** Prints a line. A reader that has gone is no fault of the command: it goes on, and its exit code says what it found. */
export function print(line) {
  process.stdout.write(`${visibleLine(line)}\n`)
}

/** Prints a line beside what was asked for: what went wrong. */
export function complain(line) {
  process.stderr.write(`${visibleLine(line)}\n`)
}

process.stdout.on('error', ignoreGoneReader)
process.stderr.on('error', ignoreGoneReader)

function ignoreGoneReader(error) {
  if (error.code !== 'EPIPE') throw error
}
