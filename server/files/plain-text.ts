import type { OpenFile } from '#server/storage/encrypted-files.ts'

/** What no text of people holds, and programs do. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
const CONTROLS = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/
/** A page, a drawing or a script under the name of a text. */
const ACTING = /^\s*(?:<[!?a-z]|#!|\{\\rtf|%!)/i

/** UTF-8 from the first byte to the last, of people's words. */
export async function isPlainText(file: OpenFile): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isFirst = true
  try {
    for await (const piece of file.pieces()) {
      const text = decoder.decode(piece, { stream: true })
      if (CONTROLS.test(text) || (isFirst && ACTING.test(text))) return false
      isFirst = false
    }
    decoder.decode()
    return true
  } catch (cause) {
    if (cause instanceof TypeError) return false // not UTF-8
    throw cause
  }
}
