// Text from a file that anybody may have made, for a screen or a terminal: what would move a cursor, change colours, turn the direction of
// what is read, or stand there unseen is shown as what it is.

/** Marks, letters and blanks that have no shape: Unicode counts them among what is seen. */
const UNSEEN_MARKS =
  '\\u{34f}|\\u{115f}|\\u{1160}|\\u{17b4}|\\u{17b5}|[\\u{180b}-\\u{180f}]|\\u{2800}|\\u{3164}|[\\u{fe00}-\\u{fe0f}]|\\u{ffa0}|[\\u{e0100}-\\u{e01ef}]'

/**
 * Control characters (also the eight-bit ones), everything that formats without being seen (directions, joiners, tags), separators of lines,
 * halves of characters, blanks that are letters to Unicode, private use, and what no version of Unicode knows.
 */
const HIDDEN = new RegExp(`[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]|${UNSEEN_MARKS}`, 'gu')

/** `\u{1b}` for an escape, and so on; everything that a reader sees stays. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The same for a text of several lines: the ends of its lines stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}
